/**
 * The weights of a network as arrays with PyTorch's names: {@link io.heimdall.model.weights.Weights}.
 *
 * <p>{@link io.heimdall.model.weights.Safetensors} stores them, so that every backend and Python can read them.
 * {@link io.heimdall.model.weights.PretrainedBackbone} reads the files of torchvision without executing code.
 */
package io.heimdall.model.weights;
