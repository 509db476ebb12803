/** How good a recording is: its level, clipping, signal-to-noise ratio, occupied bandwidth; its spectrum over time. */
package io.heimdall.features.quality;
