/** ONNX writing, checking, running. */
package io.heimdall.export;
