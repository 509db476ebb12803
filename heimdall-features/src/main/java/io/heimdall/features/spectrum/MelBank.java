package io.heimdall.features.spectrum;

import io.heimdall.features.internal.Tents;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Triangular bands over the bins 0..N/2, kept without their zeros: each band spans few bins.
 *
 * <p>Immutable and thread-safe.
 */
final class MelBank {
    private static final Logger LOG = LoggerFactory.getLogger(MelBank.class);
    /** What was warned of: a bank is made anew for every recording, its warning is worth one line. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final MelParameters parameters;
    private final int[] firstBin;
    private final double[][] weights;
    /** The first bin above each edge of the bands. */
    private final int[] firstAbove;

    private MelBank(MelParameters parameters, int bands) {
        this.parameters = parameters;
        firstBin = new int[bands];
        weights = new double[bands][];
        firstAbove = new int[bands + 2];
    }

    /** Makes the bank, and warns if bands of it are empty. */
    static MelBank of(MelParameters parameters) {
        MelBank bank = new MelBank(
                parameters, parameters.sides() == Sides.TWO_SIDED ? parameters.mels() / 2 : parameters.mels());
        bank.fill();
        int[] empty = bank.emptyRows();
        if (empty.length > 0) {
            String warning = bank.warning(empty);
            if (WARNED.add(warning)) {
                LOG.warn(warning);
            }
        }
        return bank;
    }

    private void fill() {
        MelScale scale = parameters.scale();
        double rateHz = scale.bankRateHz(parameters.sampleRateHz());
        double fmaxHz = Double.isNaN(parameters.fmaxHz()) ? rateHz / 2 : parameters.fmaxHz();
        double[] edgesHz = linear(scale.toMel(parameters.fminHz()), scale.toMel(fmaxHz), weights.length + 2);
        for (int i = 0; i < edgesHz.length; i++) {
            edgesHz[i] = scale.toHz(edgesHz[i]);
        }
        double[] binsHz = linear(0, rateHz / 2, parameters.fftLength() / 2 + 1);
        for (int edge = 0; edge < edgesHz.length; edge++) {
            while (firstAbove[edge] < binsHz.length && binsHz[firstAbove[edge]] <= edgesHz[edge]) {
                firstAbove[edge]++;
            }
        }
        for (int band = 0; band < weights.length; band++) {
            fill(band, edgesHz[band], edgesHz[band + 1], edgesHz[band + 2], binsHz);
        }
    }

    private void fill(int band, double lowHz, double peakHz, double highHz, double[] binsHz) {
        double scale = parameters.slaneyNorm() ? 2 / (highHz - lowHz) : 1;
        double[] row = new double[binsHz.length];
        int first = binsHz.length;
        int end = first;
        for (int k = 0; k < binsHz.length; k++) {
            double rising = (binsHz[k] - lowHz) / (peakHz - lowHz);
            double falling = (highHz - binsHz[k]) / (highHz - peakHz);
            row[k] = scale * Math.max(0, Math.min(rising, falling));
            if (row[k] > 0) {
                first = Math.min(first, k);
                end = k + 1;
            }
        }
        firstBin[band] = first;
        weights[band] = Arrays.copyOfRange(row, first, end);
    }

    /** {@code n} equally spaced values, the last one exactly {@code to}. */
    private static double[] linear(double from, double to, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = i == n - 1 ? to : from + i * ((to - from) / (n - 1));
        }
        return values;
    }

    /** Writes the power in each band of a frame, whose bins are as {@link FrameSpectrum} gives them. */
    void apply(double[] power, float[] bands) {
        int n = parameters.fftLength();
        for (int band = 0; band < weights.length; band++) {
            int first = firstBin[band];
            double[] row = weights[band];
            double positive = 0;
            for (int i = 0; i < row.length; i++) {
                positive += row[i] * power[first + i];
            }
            if (parameters.sides() == Sides.REAL) {
                bands[band] = (float) positive;
                continue;
            }
            double negative = 0;
            for (int i = 0; i < row.length; i++) {
                negative += row[i] * power[first + i == 0 ? 0 : n - first - i];
            }
            if (parameters.sides() == Sides.FOLDED) {
                bands[band] = (float) (positive + negative);
            } else {
                bands[weights.length - 1 - band] = (float) negative;
                bands[weights.length + band] = (float) positive;
            }
        }
    }

    /** Returns row-major [mels][fftLength], as {@link #apply} sums a complex frame. */
    double[] overAllBins() {
        if (!parameters.sides().complex()) {
            throw new IllegalStateException("a real signal has no bins of negative frequencies");
        }
        int n = parameters.fftLength();
        boolean twoSided = parameters.sides() == Sides.TWO_SIDED;
        double[] rows = new double[parameters.mels() * n];
        for (int band = 0; band < weights.length; band++) {
            int positive = n * (twoSided ? weights.length + band : band);
            int negative = n * (twoSided ? weights.length - 1 - band : band);
            for (int i = 0; i < weights[band].length; i++) {
                int bin = firstBin[band] + i;
                rows[positive + bin] += weights[band][i];
                rows[negative + (bin == 0 ? 0 : n - bin)] += weights[band][i];
            }
        }
        return rows;
    }

    /** The bank in the order of its bins, in single precision. */
    Tents tents() {
        int segments = weights.length + 1;
        int[] firstBin = Arrays.copyOf(firstAbove, segments);
        int[] pairs = new int[segments];
        int count = 0;
        for (int s = 0; s < segments; s++) {
            pairs[s] = (firstAbove[s + 1] - firstAbove[s] + 1) / 2;
            count += pairs[s];
        }
        float[] all = new float[4 * count];
        for (int s = 0, w = 0; s < segments; s++) {
            for (int k = firstBin[s]; k < firstBin[s] + 2 * pairs[s]; k++) {
                boolean within = k < firstAbove[s + 1];
                all[w++] = within ? weight(s - 1, k) : 0;
                all[w++] = within ? weight(s, k) : 0;
            }
        }
        return new Tents(weights.length, firstBin, pairs, all);
    }

    private float weight(int band, int bin) {
        boolean known = band >= 0 && band < weights.length;
        int i = known ? bin - firstBin[band] : -1;
        return i >= 0 && i < weights[band].length ? (float) weights[band][i] : 0;
    }

    /** The rows of the spectrogram that are zero whatever the signal, ascending. */
    int[] emptyRows() {
        BitSet empty = new BitSet();
        for (int band = 0; band < weights.length; band++) {
            if (weights[band].length == 0) {
                boolean twoSided = parameters.sides() == Sides.TWO_SIDED;
                empty.set(twoSided ? weights.length + band : band);
                empty.set(twoSided ? weights.length - 1 - band : band);
            }
        }
        return empty.stream().toArray();
    }

    private String warning(int[] empty) {
        return empty.length + " of " + parameters.mels() + " mel bands hold no FFT bin and stay empty: " + ranges(empty)
                + " (" + parameters.scale() + " scale at " + parameters.scale().bankRateHz(parameters.sampleRateHz())
                + " Hz, FFT length " + parameters.fftLength()
                + "). Take fewer bands, a longer FFT or the AUDIO scale.";
    }

    /** For example {@code 0-3, 7}. */
    static String ranges(int[] ascending) {
        StringBuilder text = new StringBuilder();
        BitSet set = new BitSet();
        IntStream.of(ascending).forEach(set::set);
        for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(set.nextClearBit(from))) {
            int last = set.nextClearBit(from) - 1;
            text.append(text.isEmpty() ? "" : ", ").append(from).append(last > from ? "-" + last : "");
        }
        return text.toString();
    }
}
