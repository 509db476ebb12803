package io.heimdall.model;

/**
 * What the network says of a batch, in standardised units.
 *
 * @param position east and north, shape (batch, 2)
 * @param sigma one standard deviation of each axis, shape (batch, 2), above 0
 */
public record Prediction(FloatTensor position, FloatTensor sigma) {}
