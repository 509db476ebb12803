package io.heimdall.model.input;

/**
 * A tensor that a network reads, and how it follows from what a client gives.
 *
 * @param spec name and shape
 * @param formula of the client's tensors
 */
public record NetworkTensor(TensorSpec spec, Formula formula) {}
