/**
 * Networks described as values. {@link io.heimdall.model.network.NetworkSpec} is a network with its
 * {@linkplain io.heimdall.model.network.Layer layers}; {@link io.heimdall.model.network.Networks} finds one by its
 * name.
 *
 * <p>Backends interpret the description, and the exporter writes it as ONNX, by one
 * {@link io.heimdall.model.network.NetworkWalk}. Weights have PyTorch's names.
 */
package io.heimdall.model.network;
