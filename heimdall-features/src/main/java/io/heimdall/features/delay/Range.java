package io.heimdall.features.delay;

/**
 * What is searched.
 *
 * @param delay the largest delay of either sign, seconds
 * @param offsetHz the largest frequency offset of either sign
 * @param drift the largest drift of either sign, seconds a second
 */
record Range(double delay, double offsetHz, double drift) {}
