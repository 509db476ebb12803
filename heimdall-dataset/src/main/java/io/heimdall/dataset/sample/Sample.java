package io.heimdall.dataset.sample;

import io.heimdall.dataset.GeoPoint;
import java.util.Optional;

/**
 * One input of the network.
 *
 * @param id of the session, or of session and station
 * @param features decibels, row-major (channels, mels, frames), absent channels filled; owned by the receiver
 * @param present one flag per channel
 * @param position of the source, if known
 */
public record Sample(String id, float[] features, boolean[] present, Optional<GeoPoint> position) {}
