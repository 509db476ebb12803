package io.heimdall.features.quality;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The lines of a spectrum that stand out of its noise.
 *
 * @param snrDb their power over that of the noise in all lines; empty where there are none, or the noise cannot be told
 * @param occupiedLines how many lines hold 99 % of it
 * @param meanLine its mean line, 0 Hz being line 0
 */
record SignalLines(OptionalDouble snrDb, double occupiedLines, double meanLine) {
    private static final SignalLines NONE = new SignalLines(OptionalDouble.empty(), 0, 0);
    private static final int LEAST_FRAMES = 8;
    private static final double OUTSIDE = 0.005;
    private static final double LEAST_RATIO = 3e-3;
    private static final double MOST_RATIO = 1e9;

    /** Below -200 dBFS there is nothing but rounding. */
    private static final double SILENCE = 1e-20;

    boolean found() {
        return snrDb.isPresent();
    }

    static SignalLines of(LineSpectrum spectrum, boolean complex) {
        if (spectrum.frames() < LEAST_FRAMES || !(spectrum.total() > SILENCE) || Double.isInfinite(spectrum.total())) {
            return NONE;
        }
        LineSearch lines = LineSearch.of(spectrum);
        double[] noise = lines.rest();
        boolean[] signal = lines.signal().clone();
        HumpSearch humps = HumpSearch.of(spectrum, noise, lines.signal());
        int perCell = humps.cells().lines();
        for (int k = 0; k < noise.length; k++) {
            if (humps.cells().signal()[k / perCell]) {
                signal[k] = true;
                noise[k] = humps.noise()[k / perCell];
            }
        }
        double ratio = ratio(spectrum.power(), noise, signal);
        LineSearch.Tone tone = lines.strongest();
        Envelope envelope = spectrum.envelope();
        boolean doubtful = doubtful(spectrum, humps, noise, signal, ratio);
        double bound = (1 - envelope.noise()) / envelope.noise();
        boolean found = ratio > LEAST_RATIO && ratio < MOST_RATIO;
        if (found && modulated(spectrum, tone, noise, ratio)) {
            return NONE;
        }
        boolean measured = found && !doubtful;
        double[] even = envelope.noise() < 0.7 ? noise(spectrum, envelope.noise()) : noise;
        if (envelope.constant(spectrum.independent(even))
                && !(tone.share() > 1.02 * (1 - envelope.noise()) + 0.01)
                && spectrum.rounding() * spectrum.lines() < envelope.noise() * spectrum.total() * 1.5
                && (!measured || ratio > 3 * bound || ratio < bound / 1.12)) {
            return of(spectrum.power(), even, null, complex, bound);
        }
        if (!measured || 1 / (1 + ratio) > 1.3 * envelope.noise() + 0.005) {
            return NONE;
        }
        return of(spectrum.power(), noise, signal, complex, ratio);
    }

    /** Returns the noise that is as high in all lines, or what the line has where that is less, of a share of all power. */
    private static double[] noise(LineSpectrum spectrum, double share) {
        double low = 0;
        double high = Arrays.stream(spectrum.power()).max().orElse(0);
        for (int k = 0; k < 60; k++) {
            double level = (low + high) / 2;
            double sum = 0;
            for (double power : spectrum.power()) {
                sum += Math.min(power, level);
            }
            low = sum < share * spectrum.total() ? level : low;
            high = sum < share * spectrum.total() ? high : level;
        }
        double level = low;
        return Arrays.stream(spectrum.power())
                .map(power -> Math.min(power, level))
                .toArray();
    }

    /** Whether what was taken for noise belongs to a carrier as the side bands of amplitude modulation do. */
    private static boolean modulated(LineSpectrum spectrum, LineSearch.Tone tone, double[] noise, double ratio) {
        double share = 1 / (1 + ratio);
        double error = 8 * share / Math.sqrt(spectrum.independent(noise));
        // Side bands of amplitude modulation raise the cumulant by twice the product of carrier and side bands.
        double beside = spectrum.cumulant()
                + tone.share() * tone.share()
                - 2 * tone.share() * Math.max(0, 1 - share - tone.share());
        double product = tone.share() * share;
        return tone.spread() < 0.1 && beside > product + error && beside < 4 * product + share * share;
    }

    private static boolean doubtful(
            LineSpectrum spectrum, HumpSearch humps, double[] noise, boolean[] signal, double ratio) {
        boolean any = false;
        for (boolean doubt : humps.doubtful()) {
            any |= doubt;
        }
        if (!any) {
            return false;
        }
        int perCell = humps.cells().lines();
        boolean[] both = signal.clone();
        boolean[] marked = new boolean[signal.length];
        for (int k = 0; k < both.length; k++) {
            marked[k] = humps.doubtful()[k / perCell];
            both[k] |= marked[k];
        }
        double[] less = noise.clone();
        Circle.bridge(less, marked, 16);
        return !(Math.abs(10 * Math.log10(ratio(spectrum.power(), less, both) / ratio)) <= 1);
    }

    private static double ratio(double[] power, double[] noise, boolean[] signal) {
        double above = 0;
        double below = 0;
        for (int k = 0; k < power.length; k++) {
            above += signal[k] ? Math.max(0, power[k] - noise[k]) : 0;
            below += signal[k] ? Math.min(noise[k], power[k]) : power[k];
        }
        return above / below;
    }

    private static SignalLines of(double[] power, double[] noise, boolean[] signal, boolean complex, double ratio) {
        int size = power.length;
        double[] excess = new double[complex ? size : size / 2 + 1];
        for (int k = 0; k < excess.length; k++) {
            excess[k] = signal == null || signal[k] ? Math.max(0, power[k] - noise[k]) : 0;
        }
        double sum = Arrays.stream(excess).sum();
        double mean = 0;
        for (int k = 0; k < excess.length; k++) {
            mean += k * excess[k] / sum;
        }
        return new SignalLines(
                OptionalDouble.of(10 * Math.log10(ratio)),
                edge(excess, (1 - OUTSIDE) * sum) - edge(excess, OUTSIDE * sum),
                mean - (complex ? size / 2.0 : 0));
    }

    /** Where the power below has reached so much, in lines, each one line wide. */
    private static double edge(double[] excess, double wanted) {
        double below = 0;
        for (int k = 0; k < excess.length; k++) {
            if (below + excess[k] >= wanted) {
                return k + (wanted - below) / excess[k];
            }
            below += excess[k];
        }
        return excess.length;
    }
}
