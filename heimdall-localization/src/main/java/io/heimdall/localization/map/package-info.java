/** Places and regions as files for maps: {@link io.heimdall.localization.map.GeoJson} and {@link io.heimdall.localization.map.Kml}. */
package io.heimdall.localization.map;
