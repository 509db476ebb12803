/** From recordings to a registered model: fit, evaluate, export, upload, register, report. */
package io.heimdall.pipeline;
