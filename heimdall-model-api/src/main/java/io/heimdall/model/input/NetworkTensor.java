package io.heimdall.model.input;

/**
 * A tensor that a network reads, with its formula over the tensors that a client gives.
 *
 * @param spec name and shape
 * @param formula of the client's tensors
 */
public record NetworkTensor(TensorSpec spec, Formula formula) {}
