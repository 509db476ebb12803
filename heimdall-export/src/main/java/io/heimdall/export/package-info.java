/**
 * Trained networks as ONNX files: {@link io.heimdall.export.OnnxExporter} writes them,
 * {@link io.heimdall.export.OnnxStructure} and {@link io.heimdall.export.BackendAgreement} check them,
 * {@link io.heimdall.export.OnnxModel} runs them.
 *
 * <p>A file reads physical units and gives degrees and metres. {@link io.heimdall.export.ModelDescription} is its
 * metadata.
 */
package io.heimdall.export;
