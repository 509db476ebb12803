/** How good a model is: its errors and its uncertainty on a split, beside the other ways to locate. */
package io.heimdall.pipeline.evaluation;
