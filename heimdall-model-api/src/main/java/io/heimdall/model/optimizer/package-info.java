/** The optimiser, written once for all engines on host memory: AdamW with global-norm clipping. */
package io.heimdall.model.optimizer;
