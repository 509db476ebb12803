/**
 * Sessions as what a network takes: one {@link io.heimdall.pipeline.input.Assembler} for each producer of input.
 *
 * <p>An assembler makes the tensors of a model file of a session's recordings, and those that the network learns from. It is
 * fitted on the training sessions, and made again from the parameters that a model keeps.
 */
package io.heimdall.pipeline.input;
