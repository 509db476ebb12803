package io.heimdall.features.quality;

import io.heimdall.features.quality.Circle.Arc;
import java.util.Comparator;
import java.util.List;

/** Finds the narrow signals of a spectrum, and what noise there is beneath them. Confined to one thread. */
final class LineSearch {
    /** Cells by which the ground is found; a longer row is no quicker and finds no more. */
    private static final int MOST_CELLS = 256;

    private static final double SOME = 3.0;
    private static final double SURE = 6.0;
    private static final double LEAST_HEIGHT = 4;

    private final LineSpectrum spectrum;
    private final double[] power;
    private final int size;
    private final Cells cells;
    private final double[] ground;
    private Tone strongest = new Tone(0, 1);

    /**
     * A narrow signal.
     *
     * @param share of the recording's power
     * @param spread 0 where it is steady
     */
    record Tone(double share, double spread) {}

    private LineSearch(LineSpectrum spectrum) {
        this.spectrum = spectrum;
        power = spectrum.power();
        size = power.length;
        cells = new Cells(1, spectrum.spread(), new boolean[size], spectrum.frames());
        ground = new double[size];
    }

    static LineSearch of(LineSpectrum spectrum) {
        LineSearch search = new LineSearch(spectrum);
        search.run();
        return search;
    }

    /** Returns which lines hold a narrow signal. */
    boolean[] signal() {
        return cells.signal();
    }

    /** Returns the spectrum without the narrow signals. */
    double[] rest() {
        double[] rest = power.clone();
        Circle.bridge(rest, cells.signal(), Math.max(6, width() * cellLines() / 4));
        return rest;
    }

    Tone strongest() {
        return strongest;
    }

    private int cellLines() {
        return Math.max(1, size / MOST_CELLS);
    }

    /** Returns the width, in cells, of what is wide. */
    private int width() {
        return Math.min(size - 1, Math.max(8, (25 + cellLines() - 1) / cellLines())) | 1;
    }

    private void run() {
        double[] frames = findGround();
        boolean[] sure = new boolean[size];
        boolean[] some = new boolean[size];
        for (int k = 0; k < size; k++) {
            some[k] = power[k] > ground[k] * LineSpectrum.quantile(frames[k], SOME);
            sure[k] = power[k] > ground[k] * Math.max(LEAST_HEIGHT, LineSpectrum.quantile(frames[k], SURE));
        }
        List<Arc> arcs = Circle.arcs(size, 1, k -> some[k]);
        arcs.stream()
                .sorted(Comparator.comparingDouble(arc -> -power[highest(arc)]))
                .forEach(arc -> take(arc, sure));
    }

    /** Fills in the ground and returns how many frames of Gaussian noise vary as much as those about a line. */
    private double[] findGround() {
        int lines = cellLines();
        int count = size / lines;
        double[] low = new double[count];
        double[] spread = new double[count];
        double[] sorted = new double[lines];
        for (int c = 0; c < count; c++) {
            System.arraycopy(power, c * lines, sorted, 0, lines);
            java.util.Arrays.sort(sorted);
            low[c] = sorted[(lines - 1) / 4];
            System.arraycopy(spectrum.spread(), c * lines, sorted, 0, lines);
            java.util.Arrays.sort(sorted);
            spread[c] = sorted[lines / 2];
        }
        low = Circle.opening(low, width());
        spread = Circle.quantile(spread, width(), 0.5);
        double[] frames = new double[size];
        double[] ratios = new double[size];
        int few = 0;
        for (int k = 0; k < size; k++) {
            int c = k / lines;
            // An edge within a cell is no peak.
            ground[k] = Math.max(low[c], Math.max(low[(c + 1) % count], low[(c + count - 1) % count]));
            frames[k] = Math.max(1.5, spectrum.frames() / Math.max(1, spread[c]));
            double ratio = power[k] / ground[k];
            if (ratio < 2.2) {
                ratios[few++] = ratio;
            }
        }
        // Quantiles of few values are biased: most lines are noise, and their median tells by how much.
        java.util.Arrays.sort(ratios, 0, few);
        double bias = few > 8 ? ratios[few / 2] : 1;
        for (int k = 0; k < size; k++) {
            ground[k] *= bias;
        }
        return frames;
    }

    private int highest(Arc arc) {
        int best = arc.first();
        for (int k = 1; k < arc.length(); k++) {
            int at = arc.at(k, size);
            best = power[at] > power[best] ? at : best;
        }
        return best;
    }

    /** Takes the tones out of a row of lines that stand out, and judges what remains. */
    private void take(Arc arc, boolean[] sure) {
        boolean[] signal = cells.signal();
        for (int round = 0; round < arc.length(); round++) {
            int peak = -1;
            int left = 0;
            boolean any = false;
            for (int k = 0; k < arc.length(); k++) {
                int at = arc.at(k, size);
                if (!signal[at]) {
                    left++;
                    any |= sure[at];
                    peak = peak < 0 || power[at] > power[peak] ? at : peak;
                }
            }
            if (!any) {
                return;
            }
            if (!tone(peak, left)) {
                judge(arc);
                return;
            }
        }
    }

    private boolean tone(int peak, int left) {
        double lobe = 0;
        double spread = 0;
        for (int k = -2; k <= 2; k++) {
            int at = Math.floorMod(peak + k, size);
            if (!cells.signal()[at]) {
                lobe += power[at];
                spread += power[at] * spectrum.spread()[at];
            }
        }
        spread /= lobe;
        boolean lonely = size >= 256 && size <= 512 && left <= 5 && power[peak] > 6 * shoulders(peak);
        if (spread >= Hump.STEADY && !lonely) {
            return false;
        }
        remember(lobe, spread);
        markTone(peak, lobe);
        return true;
    }

    private double shoulders(int peak) {
        double sum = 0;
        for (int k : new int[] {-4, -3, 3, 4}) {
            sum += power[Math.floorMod(peak + k, size)];
        }
        return sum / 4;
    }

    private void remember(double sum, double spread) {
        double share = sum / spectrum.total();
        if (share > strongest.share()) {
            strongest = new Tone(share, spread);
        }
    }

    /** Marks the lines of a tone, also those that it reaches by the window's side lobes. */
    private void markTone(int peak, double lobe) {
        for (int direction = -1; direction <= 1; direction += 2) {
            int below = 0;
            for (int d = 0; d < size / 2 && below < 16; d++) {
                int at = Math.floorMod(peak + direction * d, size);
                // The Hann window's response, x lines away, is below 1 / (pi x (x^2 - 1)).
                double x = Math.max(1.2, d - 0.5);
                double response = 1 / (Math.PI * x * (x * x - 1));
                double leaked = lobe * response * response;
                if (d <= 3 || (leaked > 0.2 * power[at] && leaked > 1e-13 * spectrum.total())) {
                    cells.signal()[at] = true;
                    below = 0;
                } else {
                    below++;
                }
            }
        }
    }

    private void judge(Arc arc) {
        Hump hump = Hump.of(cells, arc, power, ground, ground, spectrum.total());
        boolean narrow = size > 512 && core(arc) <= Math.max(6, 0.005 * size);
        boolean alone = hump.isOnFlatGround(cells, spectrum.rounding()) && hump.isSignal(cells);
        if (narrow || hump.isSteady() || alone) {
            Foot before = Foot.of(cells, power, arc, -1);
            Foot after = Foot.of(cells, power, arc, 1);
            double sum = 0;
            for (int k = -before.distance(); k < arc.length() + after.distance() && k < size; k++) {
                int at = arc.at(k, size);
                sum += cells.signal()[at] ? 0 : power[at];
                cells.signal()[at] = true;
            }
            remember(sum, hump.spread());
        }
    }

    /** Returns how many lines are within 6 dB of the highest. */
    private int core(Arc arc) {
        double most = 0;
        for (int k = 0; k < arc.length(); k++) {
            int at = arc.at(k, size);
            most = cells.signal()[at] ? most : Math.max(most, power[at]);
        }
        int core = 0;
        for (int k = 0; k < arc.length(); k++) {
            int at = arc.at(k, size);
            core += !cells.signal()[at] && power[at] > most / 4 ? 1 : 0;
        }
        return core;
    }
}
