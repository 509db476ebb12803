package io.heimdall.features.delay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Powers and products of the spectra of two recordings, added up over segments; the products in blocks of time, of which
 * there are never more than {@value #MAX_BLOCKS}. Lines stand in the order in which the transform leaves them. One thread
 * at a time.
 */
final class CrossSpectrum implements PairSpectra.Visitor {
    private static final int MAX_BLOCKS = 128;

    /** Of long spectra there are fewer blocks, so that all together have no more lines than this. */
    private static final int MAX_LINES = 1 << 19;

    /** In samples: what rounding of times makes. */
    private static final double SAME_SHIFT = 1e-9;

    /** Products of neighbouring segments, added up; line {@code i} at {@code 2 i}, {@code 2 i + 1}. */
    static final class Block {
        private final double[] product;
        private double time;
        private int segments;

        Block(int size) {
            product = new double[2 * size];
        }

        double[] product() {
            return product;
        }

        /** Returns the mean time of its segments. */
        double time() {
            return time / segments;
        }

        /** Takes what another has, which is empty then. */
        private void take(Block other) {
            for (int i = 0; i < product.length; i++) {
                product[i] += other.product[i];
            }
            time += other.time;
            segments += other.segments;
            Arrays.fill(other.product, 0);
            other.time = 0;
            other.segments = 0;
        }
    }

    private final GroupFft fft;
    private final double lineHz;
    private final int maxBlocks;
    private final double[] powerA;
    private final double[] powerB;
    private final float[] product;
    private final float[] squares;
    private final double[] ramp;
    private double rampShift = Double.NaN;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Block> spare = new ArrayList<>();
    private int groupsInBlock = 1;
    private int groupsInLast;
    private long segments;

    CrossSpectrum(GroupFft fft, double lineHz) {
        this.fft = fft;
        this.lineHz = lineHz;
        maxBlocks = Math.max(8, Math.min(MAX_BLOCKS, MAX_LINES / fft.size()));
        powerA = new double[fft.size()];
        powerB = new double[fft.size()];
        product = new float[2 * fft.size()];
        squares = new float[2 * fft.size()];
        ramp = new double[2 * fft.size()];
    }

    @Override
    public void visit(PairSpectra group) {
        sum(group);
        turn(group.shift());
        Block block = block();
        double[] into = block.product;
        for (int i = 0; i < into.length; i += 2) {
            powerA[i / 2] += squares[i];
            powerB[i / 2] += squares[i + 1];
            into[i] += product[i] * ramp[i] - product[i + 1] * ramp[i + 1];
            into[i + 1] += product[i] * ramp[i + 1] + product[i + 1] * ramp[i];
        }
        block.time += group.centre() * group.segments();
        block.segments += group.segments();
        segments += group.segments();
    }

    /** Computes the sums of a group's products and squares, segment after segment, whatever the number of lanes. */
    private void sum(PairSpectra group) {
        Arrays.fill(product, 0);
        Arrays.fill(squares, 0);
        int lanes = fft.lanes();
        for (int s = 0; s < group.segments(); s += lanes) {
            sum(group, s, Math.min(lanes, group.segments() - s));
        }
    }

    private void sum(PairSpectra group, int first, int count) {
        int lanes = fft.lanes();
        float[] a = group.ofA();
        float[] b = group.ofB();
        float[] phases = group.phases();
        for (int i = 0, at = fft.batch(first / lanes); i < product.length; i += 2, at += 2 * lanes) {
            float re = product[i];
            float im = product[i + 1];
            float squareA = squares[i];
            float squareB = squares[i + 1];
            for (int lane = 0; lane < count; lane++) {
                float aRe = a[at + lane];
                float aIm = a[at + lanes + lane];
                float bRe = b[at + lane];
                float bIm = b[at + lanes + lane];
                float x = aRe * bRe + aIm * bIm;
                float y = aIm * bRe - aRe * bIm;
                float c = phases[first + lane];
                float d = phases[GroupFft.SEGMENTS + first + lane];
                re += x * c - y * d;
                im += x * d + y * c;
                squareA += aRe * aRe + aIm * aIm;
                squareB += bRe * bRe + bIm * bIm;
            }
            product[i] = re;
            product[i + 1] = im;
            squares[i] = squareA;
            squares[i + 1] = squareB;
        }
    }

    /** Allows for segments of the second recording that lie so many seconds late. */
    private void turn(double shift) {
        if (Math.abs(shift - rampShift) * lineHz * fft.size() < SAME_SHIFT) {
            return;
        }
        rampShift = shift;
        fill(ramp, fft, lineHz * shift);
    }

    /** Writes {@code exp(2i pi c k)} for each line {@code k}, counted from 0 Hz. */
    static void fill(double[] ramp, GroupFft fft, double cycles) {
        int[] place = fft.place();
        int half = place.length / 2;
        Turn turn = new Turn(cycles);
        turn.start(-half);
        for (int k = 0; k < place.length; k++, turn.next()) {
            int at = 2 * place[k < half ? k + half : k - half];
            ramp[at] = turn.cos();
            ramp[at + 1] = turn.sin();
        }
    }

    private Block block() {
        if (blocks.isEmpty() || groupsInLast == groupsInBlock) {
            if (blocks.size() == maxBlocks) {
                halve();
            }
            blocks.add(spare.isEmpty() ? new Block(fft.size()) : spare.remove(spare.size() - 1));
            groupsInLast = 0;
        }
        groupsInLast++;
        return blocks.get(blocks.size() - 1);
    }

    /** Makes one block of each two. */
    private void halve() {
        for (int i = 0; i < maxBlocks / 2; i++) {
            Block kept = blocks.get(2 * i);
            kept.take(blocks.get(2 * i + 1));
            spare.add(blocks.get(2 * i + 1));
            blocks.set(i, kept);
        }
        blocks.subList(maxBlocks / 2, maxBlocks).clear();
        groupsInBlock *= 2;
    }

    GroupFft fft() {
        return fft;
    }

    double lineHz() {
        return lineHz;
    }

    List<Block> blocks() {
        return blocks;
    }

    double[] powerA() {
        return powerA;
    }

    double[] powerB() {
        return powerB;
    }

    long segments() {
        return segments;
    }
}
