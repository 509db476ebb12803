package io.heimdall.features.delay;

import java.io.IOException;

/** Walks through what two recordings share, a group of segments at a time. One thread at a time. */
final class PairSpectra {
    /** Rates that differ less over a segment, in samples, give the same lines. */
    private static final double SAME_RATE = 0.05;

    private final LineSpectra a;
    private final LineSpectra b;
    private final GroupFft fft;
    private final Alignment alignment;
    private final double raiseHz;
    private final double rateHz;
    private final double[] centres = new double[GroupFft.SEGMENTS];
    private final double[] centresOfB = new double[GroupFft.SEGMENTS];
    private final double[] late = new double[GroupFft.SEGMENTS];
    private final float[] phases = new float[2 * GroupFft.SEGMENTS];
    private int segments;
    private double shift;

    /** Takes a group whose spectra have been computed. */
    interface Visitor {
        void visit(PairSpectra group);
    }

    /**
     * Prepares to walk.
     *
     * @param fft transforms segments of the first recording
     * @param tuningHz by how much the second receiver was tuned higher than the first
     */
    PairSpectra(TimedRecording first, TimedRecording second, GroupFft fft, double tuningHz, Alignment alignment) {
        this.fft = fft;
        this.alignment = alignment;
        raiseHz = tuningHz + alignment.offsetHz();
        rateHz = first.recording().info().sampleRateHz().orElseThrow();
        double otherHz = second.recording().info().sampleRateHz().orElseThrow();
        double lineHz = rateHz / fft.size();
        a = new DirectSpectra(first.recording(), fft, 0);
        b = Math.abs(otherHz / rateHz - 1) * fft.size() < SAME_RATE
                ? new DirectSpectra(second.recording(), fft, raiseHz)
                : new ChirpSpectra(second.recording(), fft, lineHz, raiseHz);
    }

    /** Returns how many segments a stretch holds. */
    static long segments(Stretch stretch, int size) {
        long samples = stretch.end() - stretch.first();
        return samples < size ? 0 : (samples - size) / (size / 2) + 1;
    }

    /**
     * Computes the spectra of a stretch.
     *
     * @throws IOException if a recording cannot be read
     */
    void walk(Stretch stretch, Visitor visitor) throws IOException {
        int hop = fft.size() / 2;
        long all = segments(stretch, fft.size());
        for (long done = 0; done < all; done += GroupFft.SEGMENTS) {
            segments = (int) Math.min(GroupFft.SEGMENTS, all - done);
            for (int s = 0; s < segments; s++) {
                double centre = stretch.a().secondsAt(stretch.first() + (done + s) * hop + hop);
                centres[s] = centre;
                centresOfB[s] = alignment.inSecond(centre);
            }
            compute(stretch);
            visitor.visit(this);
        }
    }

    private void compute(Stretch stretch) throws IOException {
        a.compute(stretch.a(), centres, segments, late);
        b.compute(stretch.b(), centresOfB, segments, late);
        shift = b.allowForLateness() ? 0 : (late[0] + late[segments - 1]) / 2;
        for (int s = 0; s < segments; s++) {
            double turns = raiseHz * (centresOfB[s] + late[s] - alignment.middle());
            double angle = 2 * Math.PI * (turns - Math.rint(turns));
            phases[s] = (float) Math.cos(angle);
            phases[GroupFft.SEGMENTS + s] = (float) -Math.sin(angle);
        }
    }

    int segments() {
        return segments;
    }

    /** Returns the time of the middle of the group. */
    double centre() {
        return (centres[0] + centres[segments - 1]) / 2;
    }

    /** Returns how much later the second recording's segments lie than the alignment says. */
    double shift() {
        return shift;
    }

    float[] ofA() {
        return a.group();
    }

    float[] ofB() {
        return b.group();
    }

    /** Returns the cosines, then the sines, by which the product of each segment's spectra is turned. */
    float[] phases() {
        return phases;
    }
}
