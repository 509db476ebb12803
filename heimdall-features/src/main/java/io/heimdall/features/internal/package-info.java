/**
 * The kernels of the feature front end: the computation for each frame, on the JVM's vector instructions where they
 * are available. {@link io.heimdall.features.internal.KernelChoice} chooses the kernels of this JVM.
 *
 * <p>A kernel computes several frames at once, one in each <em>lane</em>: value {@code v} of lane {@code l} is at
 * index {@code v * lanes + l}. Frames never mix, so no step moves values between lanes, and the bits of a frame do not
 * depend on its neighbours. The portable kernels have one lane, a plain {@code float}. They give the same bits,
 * because both kinds do the same operations in the same order, without fused multiply-add.
 */
package io.heimdall.features.internal;
