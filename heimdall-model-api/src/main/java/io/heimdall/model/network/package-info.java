/**
 * Networks described as values: backends interpret the description, the exporter writes it as ONNX, and both name the
 * weights as PyTorch does.
 */
package io.heimdall.model.network;
