/**
 * What training engines, pipeline and exporter share: tensors, the plane and the exceptions. The packages below hold
 * networks, inputs and outputs, weights, losses, metrics, the trainer, and the engine SPI.
 *
 * <p>Begin with {@link io.heimdall.model.network.NetworkSpec} and {@link io.heimdall.model.train.Trainer}.
 */
package io.heimdall.model;
