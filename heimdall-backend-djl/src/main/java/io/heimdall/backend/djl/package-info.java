/**
 * The training engine on DJL and PyTorch: {@link io.heimdall.backend.djl.DjlBackend}.
 *
 * <p>The module uses tensors, operators and automatic differentiation of DJL only, because its trainer, blocks and
 * optimisers differ from PyTorch in ways that matter. It interprets the network from its description. The loss comes
 * from Java, and the optimiser updates the engine's own memory in place.
 */
package io.heimdall.backend.djl;
