/**
 * The input of networks and model files: named tensors with their shapes.
 *
 * <p>{@link io.heimdall.model.input.InputSpec} names the tensors that a client gives, in physical units, and the
 * tensors that the network reads. A {@link io.heimdall.model.input.Formula} states how a tensor of the network is
 * computed from those of the client.
 */
package io.heimdall.model.input;
