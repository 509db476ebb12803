/**
 * Trained networks as ONNX files: written by {@link io.heimdall.export.OnnxExporter}, checked by
 * {@link io.heimdall.export.OnnxStructure} and {@link io.heimdall.export.BackendAgreement}, run by
 * {@link io.heimdall.export.OnnxLocalizer}.
 */
package io.heimdall.export;
