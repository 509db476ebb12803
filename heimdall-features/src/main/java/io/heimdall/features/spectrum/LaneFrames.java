package io.heimdall.features.spectrum;

import io.heimdall.features.internal.BlockPlan;
import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.Tents;
import java.util.Arrays;

/**
 * Frames of a power of two, in single precision, as many at a time as the kernels have lanes.
 *
 * <p>A real frame is transformed as half as many pairs. The transform's first step makes four interleaved quarters of
 * the spectrum; two of them at a time go all the way to powers, so that their values stay in the nearest cache.
 */
final class LaneFrames implements FrameBands {
    private static final int MIN_PAIRS = 64;
    private static final int MAX_LENGTH = 1 << 16;

    private final MelParameters parameters;
    private final Kernels kernels;
    private final MelBank bank;
    private final Tents tents;
    /** Of a frame; a real sample is one, a pair I, Q two. */
    private final int floats;

    private final BlockPlan plan;
    private final float[] twiddles;
    private final float[] window;
    private final float[] turns;

    LaneFrames(MelParameters parameters) {
        this(parameters, KernelChoice.kernels());
    }

    LaneFrames(MelParameters parameters, Kernels kernels) {
        this.parameters = parameters;
        this.kernels = kernels;
        bank = MelBank.of(parameters);
        tents = bank.tents();
        int length = parameters.fftLength();
        int width = floatsPerSample();
        floats = width * length;
        int pairs = floats / 2;
        plan = BlockPlan.of(pairs / 4);
        twiddles = BlockPlan.twiddles(pairs, 4);
        window = new float[floats];
        for (int i = 0; i < floats; i++) {
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i / width) / length);
            window[i] = (float) (width == 2 ? hann : hann / 2); // the kernel gives the powers of twice a real spectrum
        }
        turns = new float[width == 2 ? 0 : 2 * pairs];
        for (int i = 0; i < turns.length; i += 2) {
            turns[i] = (float) Math.cos(Math.PI * i / length);
            turns[i + 1] = (float) Math.sin(Math.PI * i / length);
        }
    }

    static boolean take(MelParameters parameters) {
        int length = parameters.fftLength();
        int pairs = parameters.sides().complex() ? length : length / 2;
        return Integer.bitCount(length) == 1 && pairs >= MIN_PAIRS && length <= MAX_LENGTH;
    }

    private int floatsPerSample() {
        return parameters.sides().complex() ? 2 : 1;
    }

    /** The slab and where the floats of a frame stand in it depend on the hop; they are made anew when it changes. */
    private static final class Memory implements FrameMemory {
        private final int[] place;
        private final float[] z;
        private final float[] power;
        private final float[] bands;
        private int hop;
        private int rows;
        private int columns;
        private float[] slab = {};
        private float[] edge = {};

        private Memory(int floats, int bins, int mels, int lanes) {
            place = new int[floats];
            z = new float[floats / 2 * lanes];
            power = new float[bins * lanes];
            bands = new float[mels * lanes];
        }

        @Override
        public float[] bands() {
            return bands;
        }
    }

    @Override
    public MelBank bank() {
        return bank;
    }

    @Override
    public int lanes() {
        return kernels.lanes();
    }

    /** Columns of a slab: a lane each, and those that the last lane's frame reaches over. */
    private int columns(int hop) {
        long pitch = (long) hop * floatsPerSample();
        return lanes() - 1 + (int) ((floats + pitch - 1) / pitch);
    }

    @Override
    public long span(int hop) {
        return (columns(hop) - 1L) * hop + Math.min(hop, parameters.fftLength());
    }

    @Override
    public FrameMemory newMemory() {
        int bins = parameters.sides().complex() ? parameters.fftLength() : parameters.fftLength() / 2 + 1;
        return new Memory(floats, bins, parameters.mels(), lanes());
    }

    private void prepare(Memory memory, int hop) {
        if (memory.hop == hop) {
            return;
        }
        memory.hop = hop;
        memory.rows = (int) Math.min((long) hop * floatsPerSample(), floats);
        memory.columns = columns(hop);
        int size = memory.rows * memory.columns;
        boolean single = lanes() == 1;
        if (!single && memory.slab.length < size + 2 * lanes()) {
            memory.slab = new float[size + 2 * lanes()];
        }
        if (memory.edge.length < (single ? floats : size)) {
            memory.edge = new float[single ? floats : size];
        }
        for (int i = 0; i < floats; i++) {
            memory.place[i] = single ? i : i % memory.rows * memory.columns + i / memory.rows;
        }
    }

    @Override
    public void power(float[] signal, int samples, int start, int hop, boolean follows, FrameMemory memory) {
        Memory own = (Memory) memory;
        prepare(own, hop);
        long from = (long) start * floatsPerSample();
        long signalFloats = (long) samples * floatsPerSample();
        if (lanes() == 1) {
            if (from >= 0 && from + floats <= signalFloats) {
                spectra(signal, (int) from, own);
            } else {
                copy(signal, signalFloats, from, own.edge, 0, floats);
                spectra(own.edge, 0, own);
            }
        } else {
            spread(signal, signalFloats, from, hop * (long) floatsPerSample(), follows, own);
            spectra(own.slab, 0, own);
        }
        toBands(own);
    }

    private void spread(float[] signal, long signalFloats, long from, long pitch, boolean follows, Memory own) {
        int rows = own.rows;
        int known = follows ? own.columns - lanes() : 0;
        if (from + known * pitch >= 0 && from + (own.columns - 1) * pitch + rows <= signalFloats) {
            kernels.spread(signal, (int) from, (int) pitch, rows, known, own.columns, own.slab);
        } else {
            for (int c = known; c < own.columns; c++) {
                copy(signal, signalFloats, from + c * pitch, own.edge, c * rows, rows);
            }
            kernels.spread(own.edge, 0, rows, rows, known, own.columns, own.slab);
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

    private void spectra(float[] samples, int base, Memory own) {
        int block = 2 * plan.size() * lanes();
        for (int odd = 0; odd < 2; odd++) {
            kernels.first(samples, base, own.place, window, twiddles, odd == 1, own.z);
            kernels.transform(own.z, 0, plan);
            kernels.transform(own.z, block, plan);
            if (parameters.sides().complex()) {
                kernels.power(own.z, 0, plan, odd, own.power);
                kernels.power(own.z, block, plan, odd + 2, own.power);
            } else if (odd == 0) {
                realPower(own, 0, 0, plan.size(), plan.size() / 2 + 1, 0);
                realPower(own, block, block, plan.size() - 1, plan.size() / 2, 2);
            } else {
                realPower(own, 0, block, plan.size() - 1, plan.size(), 1);
            }
        }
    }

    private void realPower(Memory own, int offset, int mirror, int last, int count, int remainder) {
        kernels.realPower(own.z, offset, mirror, plan, last, count, remainder, turns, own.power);
    }

    private void toBands(Memory own) {
        int length = parameters.fftLength();
        int half = parameters.mels() / 2;
        switch (parameters.sides()) {
            case REAL -> kernels.bands(own.power, 0, 1, tents, own.bands, 0);
            case FOLDED -> {
                kernels.fold(own.power, length);
                kernels.bands(own.power, 0, 1, tents, own.bands, 0);
            }
            case TWO_SIDED -> {
                kernels.bands(own.power, length, -1, tents, own.bands, half - 1);
                kernels.bands(own.power, 0, 1, tents, own.bands, half);
            }
        }
    }

    Kernels kernels() {
        return kernels;
    }
}
