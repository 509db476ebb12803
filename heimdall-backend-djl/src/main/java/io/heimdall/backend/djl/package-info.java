/**
 * Training on DJL's PyTorch engine, of which only tensors, operators and automatic differentiation are used.
 *
 * <p>The network is interpreted from its description, the loss comes from Java, and the optimiser updates the engine's
 * own memory in place: DJL's trainer, blocks and optimisers differ from PyTorch in ways that matter.
 */
package io.heimdall.backend.djl;
