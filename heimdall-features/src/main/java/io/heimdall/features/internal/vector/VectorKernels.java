package io.heimdall.features.internal.vector;

import io.heimdall.features.internal.BlockPlan;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.SlabLayout;
import io.heimdall.features.internal.Tents;

/** The kernels on vectors of 8 frames, or 4 where registers are shorter. */
public final class VectorKernels implements Kernels {
    /** Makes the kernels; called by name. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int lanes() {
        return VectorLanes.WIDTH;
    }

    @Override
    public String toString() {
        return "vector kernels of " + VectorLanes.LANES.vectorBitSize() + " bits";
    }

    @Override
    public void spread(float[] samples, int start, int step, SlabLayout layout, int from, float[] slab) {
        VectorTransposition.spread(samples, start, step, layout, from, slab);
    }

    @Override
    public void first(float[] samples, int base, SlabLayout layout, float[] factors, float[] z) {
        if (layout.regular()) {
            VectorFirstStep.regular(samples, base, layout, factors, z);
        } else {
            VectorFirstStep.any(samples, base, layout.place(), factors, z);
        }
    }

    @Override
    public void split(float[] z, int offset, int size, float[] twiddles) {
        VectorTransform.split(z, offset, size, twiddles);
    }

    @Override
    public void transform(float[] z, int offset, BlockPlan plan) {
        VectorTransform.transform(z, offset, plan);
    }

    @Override
    public void power(float[] z, int offset, int[] place, int remainder, int step, float[] power) {
        VectorPowers.power(z, offset, place, remainder, step, power);
    }

    @Override
    public void realPower(
            float[] z,
            int offset,
            int mirror,
            int[] place,
            int last,
            int first,
            int end,
            int remainder,
            int step,
            float[] turns,
            float[] power) {
        VectorPowers.realPower(z, offset, mirror, place, last, first, end, remainder, step, turns, power);
    }

    @Override
    public void fold(float[] power, int length) {
        VectorPowers.fold(power, length);
    }

    @Override
    public void bands(float[] power, int origin, int step, Tents tents, float[] bands, int firstRow) {
        VectorBands.bands(power, origin, step, tents, bands, firstRow);
    }

    @Override
    public void decibels(float[] power, int count, float[] out) {
        VectorBands.decibels(power, count, out);
    }

    @Override
    public void place(float[] bands, int rows, float[] out, int offset, int pitch) {
        VectorBands.place(bands, rows, out, offset, pitch);
    }

    @Override
    public void scale(short[] in, int inOffset, float scale, float[] out, int outOffset, int count) {
        VectorBands.scale(in, inOffset, scale, out, outOffset, count);
    }
}
