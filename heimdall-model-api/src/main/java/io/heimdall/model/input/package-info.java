/**
 * What a network and a model file take: named tensors with their shapes, and how the one follows from the other.
 *
 * <p>{@link io.heimdall.model.input.InputSpec} names the tensors that a client gives, in physical units, and the
 * {@link io.heimdall.model.input.Formula} of each tensor that the network reads.
 */
package io.heimdall.model.input;
