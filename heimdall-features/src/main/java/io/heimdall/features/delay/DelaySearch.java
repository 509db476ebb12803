package io.heimdall.features.delay;

import io.heimdall.features.internal.KernelChoice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The way from two recordings to a delay: find the peak on a stretch in the middle, then measure it over all that both have.
 * For one thread.
 */
final class DelaySearch {
    private static final int ZOOM = 8;

    /** The lengths of the stretch in which the peak is looked for. */
    private static final long[] STRETCHES = {1 << 17, 1 << 21};

    /** From one measurement to the next the time grows so much at most, so that the offset stays known. */
    private static final int GROWTH = 64;

    /** A drift that moves the peak by so much of its width over the time is followed. */
    private static final double SEEN_DRIFT = 0.3;

    /** What segments that lie off add to the variance of the delay, as a share; more, and they are aligned anew. */
    private static final double SELF_NOISE = 3e-5;

    private final Pair pair;
    private final Alignment start;
    private final SegmentLengths lengths;

    DelaySearch(Pair pair) {
        this.pair = pair;
        start = pair.start();
        lengths = SegmentLengths.of(pair, start);
    }

    Delay run() throws IOException {
        if (lengths.none()) {
            return Verdicts.noCommonTime(pair, lengths);
        }
        for (int zoom = 1; ; zoom *= ZOOM) {
            Delay delay = find(zoom);
            boolean narrow = delay instanceof NoDelay none && none.reason() != NoDelay.Reason.AMBIGUOUS && carriers;
            if (!narrow || !lengths.canGrow(zoom * ZOOM)) {
                return delay;
            }
        }
    }

    private boolean carriers;
    private OptionalDouble sharedCarrier = OptionalDouble.empty();

    private Delay find(int zoom) throws IOException {
        GroupFft fft = new GroupFft(lengths.toFind(zoom), KernelChoice.kernels());
        for (long samples : STRETCHES) {
            Stretch stretch = pair.middle(start, samples).orElseThrow();
            CrossSpectrum survey = new CrossSpectrum(fft, pair.rateHz() / fft.size());
            pair.spectra(fft, start).walk(stretch, survey);
            Lines lines = pair.lines(fft, start);
            Carriers found = Carriers.of(survey, lines);
            carriers = found.any();
            sharedCarrier = found.shared(lines);
            for (FirstWeights first : FirstWeights.values()) {
                float[] weights = lines.byPosition(first.of(survey, lines, found), fft.size());
                Optional<Alignment> peak =
                        new Acquisition(pair, fft).search(start, alignment -> pair.middle(alignment, samples), weights);
                Measurement measured = peak.isEmpty() ? null : measure(peak.get(), first, stretch, zoom);
                if (measured != null) {
                    return Verdicts.of(pair, measured, Stretch.seconds(pair.stretches(measured.alignment())));
                }
            }
            if (stretch.end() - stretch.first() < samples) {
                break;
            }
        }
        return Verdicts.nothing(pair, sharedCarrier);
    }

    /** Measures over more and more time around the stretch where the peak was found, then over all of it. */
    private Measurement measure(Alignment found, FirstWeights first, Stretch stretch, int zoom) throws IOException {
        GroupFft fft = new GroupFft(lengths.toMeasure(zoom), KernelChoice.kernels());
        double centre = (stretch.from() + stretch.to()) / 2;
        double seconds = stretch.seconds();
        Alignment alignment = found;
        Measurement measured = null;
        for (boolean all = false; !all; ) {
            double offsetHz = 2 / seconds;
            seconds *= GROWTH;
            List<Stretch> shared = pair.stretches(alignment);
            List<Stretch> part = Stretch.within(shared, centre - seconds / 2, centre + seconds / 2);
            all = Stretch.seconds(part) >= Stretch.seconds(shared);
            measured = measure(alignment, first, part, offsetHz, fft);
            if (measured == null) {
                return null;
            }
            if (!all) {
                alignment = measured.aligned(measured.drift());
            }
        }
        double drift = measured.drift() - alignment.drift();
        boolean seen = Math.abs(drift) * lengths.seconds() * 2 * Math.PI * measured.rmsBandwidthHz() > SEEN_DRIFT
                && Math.abs(measured.drift()) <= pair.range().drift();
        boolean far = measured.selfNoise(pair.rateHz()) > SELF_NOISE;
        if (!seen && !far) {
            return measured;
        }
        Alignment better = measured.aligned(seen ? measured.drift() : alignment.drift());
        Measurement again = measure(better, first, pair.stretches(better), 1 / lengths.seconds(), fft);
        return again == null ? measured : again;
    }

    private Measurement measure(
            Alignment alignment, FirstWeights first, List<Stretch> stretches, double offsetHz, GroupFft fft)
            throws IOException {
        CrossSpectrum spectrum = new CrossSpectrum(fft, pair.rateHz() / fft.size());
        PairSpectra spectra = pair.spectra(fft, alignment);
        for (Stretch stretch : stretches) {
            spectra.walk(stretch, spectrum);
        }
        return Measurement.of(spectrum, pair.lines(fft, alignment), alignment, first, offsetHz, pair.range());
    }
}
