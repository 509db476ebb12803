package io.heimdall.features.delay;

import java.util.Arrays;
import java.util.List;

/**
 * The products of two recordings' spectra, line by line: each over the root of both powers, their blocks brought into phase.
 * One thread at a time.
 */
final class Products {
    private final CrossSpectrum spectrum;
    private final Lines lines;
    private final double middle;
    private final Carriers carriers;
    private final boolean[] usable;
    private final double[] root;
    private final double[] re;
    private final double[] im;
    private BlockPhases phases;

    Products(CrossSpectrum spectrum, Lines lines, double middle) {
        this.spectrum = spectrum;
        this.lines = lines;
        this.middle = middle;
        carriers = Carriers.of(spectrum, lines);
        usable = new boolean[lines.count()];
        root = new double[lines.count()];
        for (int i = 0; i < root.length; i++) {
            int at = lines.position()[i];
            root[i] = Math.sqrt(spectrum.powerA()[at] * spectrum.powerB()[at]);
            usable[i] = carriers.absent(i) && root[i] > 0;
        }
        re = new double[root.length];
        im = new double[root.length];
    }

    /**
     * Finds the phases of the blocks, and adds these up.
     *
     * @param weights of each line
     * @param residual the delay that is left, seconds
     * @param offsetHz the largest frequency offset that is left, of either sign
     */
    void add(double[] weights, double residual, double offsetHz) {
        List<CrossSpectrum.Block> blocks = spectrum.blocks();
        double[] x = new double[blocks.size()];
        double[] y = new double[blocks.size()];
        double[] time = new double[blocks.size()];
        double[] turn = turn(residual);
        for (int t = 0; t < time.length; t++) {
            double[] product = blocks.get(t).product();
            for (int i = 0; i < weights.length; i++) {
                int at = 2 * lines.position()[i];
                x[t] += weights[i] * (product[at] * turn[2 * i] - product[at + 1] * turn[2 * i + 1]);
                y[t] += weights[i] * (product[at] * turn[2 * i + 1] + product[at + 1] * turn[2 * i]);
            }
            time[t] = blocks.get(t).time() - middle;
        }
        phases = BlockPhases.of(x, y, time, offsetHz);
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        for (int t = 0; t < time.length; t++) {
            addBlock(blocks.get(t).product(), phases.phase()[t]);
        }
    }

    private void addBlock(double[] product, double phase) {
        double c = Math.cos(phase);
        double s = Math.sin(phase);
        for (int i = 0; i < re.length; i++) {
            if (usable[i]) {
                int at = 2 * lines.position()[i];
                re[i] += (product[at] * c + product[at + 1] * s) / root[i];
                im[i] += (product[at + 1] * c - product[at] * s) / root[i];
            }
        }
    }

    /** Returns {@code exp(i omega r)} of each line. */
    private double[] turn(double residual) {
        double[] turn = new double[2 * lines.count()];
        for (int i = 0; i < lines.count(); i++) {
            double angle = 2 * Math.PI * lines.hertz()[i] * residual;
            turn[2 * i] = Math.cos(angle);
            turn[2 * i + 1] = Math.sin(angle);
        }
        return turn;
    }

    /** Measures the coherence of each line once the delay that is left is taken away. */
    Coherence coherence(double residual) {
        double[] turn = turn(residual);
        double[] x = new double[re.length];
        double[] y = new double[re.length];
        for (int i = 0; i < re.length; i++) {
            x[i] = re[i] * turn[2 * i] - im[i] * turn[2 * i + 1];
            y[i] = re[i] * turn[2 * i + 1] + im[i] * turn[2 * i];
        }
        return Coherence.of(x, y, usable, spectrum.segments());
    }

    /** Returns the weights of the plain products that belong to a coherence. */
    double[] weights(Coherence coherence) {
        double[] weights = new double[root.length];
        for (int i = 0; i < weights.length; i++) {
            double w = coherence.weight()[i];
            weights[i] = w == 0 ? 0 : w / Math.sqrt(coherence.squared()[i]) / root[i];
        }
        return weights;
    }

    double[] firstWeights(FirstWeights first) {
        return first.of(spectrum, lines, carriers);
    }

    LineSum sum(Coherence coherence) {
        return LineSum.of(lines.hertz(), re, im, coherence);
    }

    /**
     * Returns how the delay grows in time, seconds a second; 0 where that is not to be told from noise.
     *
     * @param residual the delay that is left in the middle
     */
    double drift(Coherence coherence, double residual) {
        double[] weights = weights(coherence);
        double centre = coherence.centre(lines.hertz());
        double[] turn = turn(residual);
        double info = 0;
        double timeSum = 0;
        double squares = 0;
        double slopes = 0;
        double slopeSum = 0;
        List<CrossSpectrum.Block> blocks = spectrum.blocks();
        for (int t = 0; t < blocks.size(); t++) {
            double[] product = blocks.get(t).product();
            double time = blocks.get(t).time() - middle;
            double bend = 0;
            double slope = 0;
            double c = Math.cos(phases.phase()[t]);
            double s = Math.sin(phases.phase()[t]);
            for (int i = 0; i < weights.length; i++) {
                if (weights[i] > 0) {
                    int at = 2 * lines.position()[i];
                    double x = product[at] * c + product[at + 1] * s;
                    double y = product[at + 1] * c - product[at] * s;
                    double omega = 2 * Math.PI * (lines.hertz()[i] - centre);
                    slope -= weights[i] * omega * (x * turn[2 * i + 1] + y * turn[2 * i]);
                    bend += weights[i] * omega * omega * (x * turn[2 * i] - y * turn[2 * i + 1]);
                }
            }
            info += bend;
            timeSum += bend * time;
            squares += bend * time * time;
            slopeSum += slope;
            slopes += slope * time;
        }
        double spread = squares - timeSum * timeSum / info;
        double drift = (slopes - slopeSum * timeSum / info) / spread;
        // The sums are as large as the weights; what they tell is so many times that.
        double told = spread * spectrum.segments() * coherence.meanSquare(lines.hertz()) * coherence.total() / info;
        return info > 0 && spread > 0 && drift * drift * told > SURE * SURE ? drift : 0;
    }

    private static final double SURE = 5;

    double[] re() {
        return re;
    }

    double[] im() {
        return im;
    }

    double[] hertz() {
        return lines.hertz();
    }

    long segments() {
        return spectrum.segments();
    }

    double lineHz() {
        return spectrum.lineHz();
    }

    int size() {
        return spectrum.fft().size();
    }

    double offsetHz() {
        return phases.offsetHz();
    }
}
