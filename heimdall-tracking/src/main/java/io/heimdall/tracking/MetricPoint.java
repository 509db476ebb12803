package io.heimdall.tracking;

import java.time.Instant;

/**
 * One value of a metric.
 *
 * @param at when it was measured, to the millisecond
 * @param value not a number and infinities included
 * @param step such as the epoch
 */
public record MetricPoint(Instant at, double value, long step) {}
