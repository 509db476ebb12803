/**
 * Places and regions as files for maps: {@link io.heimdall.localization.map.GeoJson} and
 * {@link io.heimdall.localization.map.Kml} write {@linkplain io.heimdall.localization.map.MapFeature features}.
 */
package io.heimdall.localization.map;
