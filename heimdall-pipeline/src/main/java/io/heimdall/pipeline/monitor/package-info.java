/**
 * The watch over a model in service: whether new sessions are like those that it has learned from.
 *
 * <p>{@link io.heimdall.pipeline.monitor.ModelMonitor} reads the sessions and makes a {@link io.heimdall.pipeline.monitor.MonitorReport}.
 */
package io.heimdall.pipeline.monitor;
