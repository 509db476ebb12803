/**
 * The optimiser for all engines, on host memory: AdamW with clipping of the global norm.
 * {@link io.heimdall.model.optimizer.HostOptimizer} is the entry point.
 */
package io.heimdall.model.optimizer;
