/**
 * From sessions to the input of networks: a {@link io.heimdall.pipeline.input.Producer} is a kind of input, and its
 * {@link io.heimdall.pipeline.input.Assembler} makes the tensors.
 *
 * <p>An assembler makes the tensors that a model file reads, and those that the network learns from. It is fitted on
 * the training sessions, or restored from the parameters that a model file keeps.
 */
package io.heimdall.pipeline.input;
