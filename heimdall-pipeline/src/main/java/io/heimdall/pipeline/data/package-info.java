/** From the catalogue to the trainer: which sessions are learned from, and the numbers that make them standard. */
package io.heimdall.pipeline.data;
