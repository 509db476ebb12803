/**
 * The kernels of the feature front end: what runs once a frame, on the JVM's vector instructions where they can be had.
 *
 * <p>A kernel works on several frames at once, one in each <em>lane</em>: value {@code v} of lane {@code l} stands at
 * {@code v * lanes + l}. Frames never mix, so no step has to move values between lanes, a frame's bits do not depend on
 * its neighbours, and the portable kernels, whose one lane is a plain {@code float}, give the same bits: both do the same
 * operations in the same order, without fused multiply-add.
 */
package io.heimdall.features.internal;
