package io.heimdall.features.delay;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for the peak of the cross-ambiguity over all delays and frequency offsets of a range, on one stretch.
 *
 * <p>Segments are correlated, a group at a time, and the correlations of each lag transformed over the segments: their
 * frequency is the offset. Delays beyond a quarter of a segment and offsets beyond half a line are looked at in strips, each
 * with an alignment of its own. One thread at a time.
 */
final class Acquisition {
    /** Noise alone passes once in exp(12) searches. */
    private static final double RARE = 12;

    private final Pair pair;
    private final GroupFft fft;

    Acquisition(Pair pair, GroupFft fft) {
        this.pair = pair;
        this.fft = fft;
    }

    /**
     * Searches the whole range.
     *
     * @param start tells the time at which the delay shall hold
     * @param stretches gives the stretch to look at for an alignment
     * @param weights of each line, by position
     * @return the alignment of the peak, empty where none stands out of the noise
     * @throws IOException if a recording cannot be read
     */
    Optional<Alignment> search(Alignment start, Function<Alignment, Optional<Stretch>> stretches, float[] weights)
            throws IOException {
        Range range = pair.range();
        double lineHz = pair.rateHz() / fft.size();
        int reach = (int) Math.ceil(range.delay() * pair.rateHz()) + 1;
        int lags = Math.min(reach, fft.size() / 4);
        int delayStrips = (reach + lags - 1) / lags;
        int offsetStrips = Math.max(1, (int) Math.ceil(2 * range.offsetHz() / lineHz));
        double halfHz = range.offsetHz() / offsetStrips;
        double points = 1;
        double best = 0;
        Optional<Alignment> found = Optional.empty();
        for (int i = 0; i < delayStrips; i++) {
            for (int j = 0; j < offsetStrips; j++) {
                double delay = (2 * i + 1 - delayStrips) * lags / pair.rateHz();
                double offset = (2 * j + 1 - offsetStrips) * halfHz;
                Alignment alignment = new Alignment(delay, 0, offset, start.middle());
                Optional<Stretch> stretch = stretches.apply(alignment);
                if (stretch.isEmpty() || PairSpectra.segments(stretch.get(), fft.size()) < GroupFft.SEGMENTS) {
                    continue;
                }
                int slots = (int) PairSpectra.segments(stretch.get(), fft.size());
                Surface surface = new Surface(fft, lineHz, lags, slots, weights);
                pair.spectra(fft, alignment).walk(stretch.get(), surface);
                Surface.Peak peak = surface.peak(halfHz);
                points += surface.points(halfHz);
                if (peak.overNoise() > best) {
                    best = peak.overNoise();
                    found = Optional.of(new Alignment(
                            delay + peak.lag() / pair.rateHz(), 0, offset + peak.offsetHz(), start.middle()));
                }
            }
        }
        return best > Math.log(points) + RARE ? found : Optional.empty();
    }
}
