/** One training from the catalogue to a registered version, resumable after any phase. */
package io.heimdall.pipeline.training;
