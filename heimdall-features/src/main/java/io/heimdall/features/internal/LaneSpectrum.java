package io.heimdall.features.internal;

import java.util.Arrays;

/**
 * The power spectra of frames of a power of two, in single precision, as many at a time as the kernels have lanes.
 *
 * <p>A real frame is transformed as half as many pairs. The transform's first step makes four interleaved quarters of
 * the spectrum. Immutable and thread-safe; each thread brings its own {@link Memory}.
 */
public final class LaneSpectrum {
    /** After two steps there are so many blocks, of the bins of one remainder each, and small enough for the nearest cache. */
    private static final int BLOCKS = 16;

    private static final int MIN_PAIRS = 4 * BLOCKS;
    private static final int MAX_LENGTH = 1 << 16;

    private final Kernels kernels;
    private final int length;
    /** Floats of a sample: 2 where it is a pair I, Q. */
    private final int width;

    private final int floats;
    private final float[] quarterTwiddles;
    private final BlockPlan plan;
    private final float[] factors;
    private final float[] turns;

    /** Makes the spectrum of frames of {@code length} samples, with a periodic Hann window. */
    public LaneSpectrum(Kernels kernels, int length, boolean complex) {
        this.kernels = kernels;
        this.length = length;
        width = complex ? 2 : 1;
        floats = width * length;
        int pairs = floats / 2;
        quarterTwiddles = BlockPlan.twiddles(pairs / 4, 4);
        plan = BlockPlan.of(pairs / BLOCKS);
        factors = factors(pairs, complex);
        turns = new float[complex ? 0 : 2 * pairs];
        for (int i = 0; i < turns.length; i += 2) {
            turns[i] = (float) Math.cos(Math.PI * i / length);
            turns[i + 1] = (float) Math.sin(Math.PI * i / length);
        }
    }

    /** As {@link Kernels#first} wants them. */
    private static float[] factors(int pairs, boolean complex) {
        int quarter = pairs / 4;
        int length = complex ? pairs : 2 * pairs;
        float[] twiddles = BlockPlan.twiddles(pairs, 4);
        float[] factors = new float[14 * quarter];
        for (int j = 0, f = 0; j < quarter; j++) {
            for (int m = 0; m < 4; m++) {
                for (int part = 0; part < 2; part++) {
                    int n = complex ? j + m * quarter : 2 * (j + m * quarter) + part;
                    double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length);
                    // The kernel gives the powers of twice a real spectrum.
                    factors[f++] = (float) (complex ? hann : hann / 2);
                }
            }
            System.arraycopy(twiddles, 6 * j, factors, f, 6);
            f += 6;
        }
        return factors;
    }

    /** Returns whether frames of this length are taken. */
    public static boolean takes(int length, boolean complex) {
        return Integer.bitCount(length) == 1 && (complex ? length : length / 2) >= MIN_PAIRS && length <= MAX_LENGTH;
    }

    /** What a thread works in. */
    public static final class Memory {
        private final float[] z;
        private final float[] power;
        /** The slab and where the floats of a frame stand in it depend on the hop; made anew when it changes. */
        private int hop;

        private SlabLayout layout;
        private float[] slab = {};
        private float[] edge = {};

        private Memory(int floats, int bins, int lanes) {
            z = new float[floats * lanes];
            power = new float[bins * lanes];
        }

        /**
         * Returns the powers, row-major {@code [bins][lanes]}: the bins 0..N/2 of a real frame, 0..N-1 of a complex one, then
         * a row of zeros.
         */
        public float[] power() {
            return power;
        }
    }

    /** Returns the number of frames that are computed together. */
    public int lanes() {
        return kernels.lanes();
    }

    /** Returns working memory for one thread. */
    public Memory newMemory() {
        return new Memory(floats, (width == 2 ? length : length / 2 + 1) + 1, lanes());
    }

    /** Returns how many samples {@link #power} looks at, from the first frame's first. */
    public long span(int hop) {
        return (columns(hop) - 1L) * hop + Math.min(hop, length);
    }

    /** Columns of a slab: a lane each, and those that the last lane's frame reaches over. */
    private int columns(int hop) {
        long pitch = (long) hop * width;
        return lanes() - 1 + (int) ((floats + pitch - 1) / pitch);
    }

    private void prepare(Memory memory, int hop) {
        if (memory.hop == hop) {
            return;
        }
        memory.hop = hop;
        boolean single = lanes() == 1;
        int rows = (int) Math.min((long) hop * width, floats);
        int columns = columns(hop);
        memory.layout = single ? new SlabLayout(floats, floats, 1) : new SlabLayout(floats, rows, columns);
        int size = single ? floats : rows * memory.layout.pitch();
        if (!single && memory.slab.length < size + 2 * lanes()) {
            memory.slab = new float[size + 2 * lanes()];
        }
        if (memory.edge.length < size) {
            memory.edge = new float[size];
        }
    }

    /**
     * Computes the powers of {@link #lanes()} frames.
     *
     * @param signal pairs I, Q or real values; samples outside of it count as zero
     * @param samples the samples that {@code signal} holds
     * @param start the first sample of the first frame, may be negative
     * @param hop samples from frame to frame
     * @param follows whether the last call computed the frames just before these, at the same hop
     */
    public void power(float[] signal, int samples, int start, int hop, boolean follows, Memory memory) {
        prepare(memory, hop);
        long from = (long) start * width;
        long signalFloats = (long) samples * width;
        if (lanes() > 1) {
            spread(signal, signalFloats, from, (long) hop * width, follows, memory);
            spectra(memory.slab, 0, memory);
        } else if (from >= 0 && from + floats <= signalFloats) {
            spectra(signal, (int) from, memory);
        } else {
            copy(signal, signalFloats, from, memory.edge, 0, floats);
            spectra(memory.edge, 0, memory);
        }
    }

    private void spread(float[] signal, long signalFloats, long from, long step, boolean follows, Memory memory) {
        int rows = memory.layout.rows();
        int columns = memory.layout.columns();
        int known = follows ? columns - lanes() : 0;
        if (from + known * step >= 0 && from + (columns - 1) * step + rows <= signalFloats) {
            kernels.spread(signal, (int) from, (int) step, memory.layout, known, memory.slab);
        } else {
            for (int c = known; c < columns; c++) {
                copy(signal, signalFloats, from + c * step, memory.edge, c * rows, rows);
            }
            kernels.spread(memory.edge, 0, rows, memory.layout, known, memory.slab);
        }
    }

    /** Copies floats of the signal, and zeros where it has none. */
    private static void copy(float[] signal, long signalFloats, long from, float[] to, int offset, int count) {
        int before = (int) Math.min(count, Math.max(0, -from));
        int end = (int) Math.max(before, Math.min(count, signalFloats - from));
        Arrays.fill(to, offset, offset + before, 0);
        if (end > before) {
            System.arraycopy(signal, (int) (from + before), to, offset + before, end - before);
        }
        Arrays.fill(to, offset + end, offset + count, 0);
    }

    private void spectra(float[] samples, int base, Memory memory) {
        kernels.first(samples, base, memory.layout, factors, memory.z);
        if (width == 2) {
            for (int quarter = 0; quarter < 4; quarter++) {
                split(quarter, memory.z);
                for (int r = quarter; r < BLOCKS; r += 4) {
                    kernels.power(memory.z, transformed(r, memory.z), plan.place(), r, BLOCKS, memory.power);
                }
            }
            return;
        }
        // Remainders r and 16 - r hold each other's mirror images, 0 and 8 their own.
        split(0, memory.z);
        int size = plan.size();
        int block = transformed(0, memory.z);
        mirrored(block, block, 0, 0, 1, 0, memory);
        mirrored(block, block, size, 1, size / 2 + 1, 0, memory);
        block = transformed(BLOCKS / 2, memory.z);
        mirrored(block, block, size - 1, 0, size / 2, BLOCKS / 2, memory);
        mirrored(4, memory);
        split(2, memory.z);
        mirrored(2, memory);
        mirrored(6, memory);
        split(1, memory.z);
        split(3, memory.z);
        for (int r = 1; r < BLOCKS; r += 4) {
            mirrored(r, memory);
        }
    }

    private void mirrored(int r, Memory memory) {
        int block = transformed(r, memory.z);
        int mirror = transformed(BLOCKS - r, memory.z);
        mirrored(block, mirror, plan.size() - 1, 0, plan.size(), r, memory);
    }

    /** The second step over the bins of a remainder modulo 4. */
    private void split(int quarter, float[] z) {
        kernels.split(z, quarter * (z.length / 4), BLOCKS / 4 * plan.size(), quarterTwiddles);
    }

    private void mirrored(int block, int mirror, int last, int first, int end, int remainder, Memory memory) {
        kernels.realPower(
                memory.z, block, mirror, plan.place(), last, first, end, remainder, BLOCKS, turns, memory.power);
    }

    /** Transforms the block of a remainder and returns where it is. */
    private int transformed(int remainder, float[] z) {
        int offset = (4 * (remainder % 4) + remainder / 4) * (z.length / BLOCKS);
        kernels.transform(z, offset, plan);
        return offset;
    }
}
