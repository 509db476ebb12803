package io.heimdall.features.delay;

import io.heimdall.features.internal.Kernels;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The way from two recordings to a delay: find the peak on a stretch in the middle, then measure it over all that both have.
 * For one thread.
 */
final class DelaySearch {
    /** Where nothing but carriers is seen, lines get so much finer: what looks like a carrier may be a narrow signal. */
    private static final int ZOOM = 8;

    /** The lengths of the stretch in which the peak is looked for. */
    private static final long[] STRETCHES = {1 << 17, 1 << 21};

    private final Pair pair;
    private final Alignment start;
    private final SegmentLengths lengths;
    private boolean carriers;
    private OptionalDouble sharedCarrier = OptionalDouble.empty();

    DelaySearch(Pair pair) {
        this.pair = pair;
        start = pair.start();
        lengths = SegmentLengths.of(pair, start);
    }

    Delay run() throws IOException {
        if (lengths.none()) {
            return Verdicts.noCommonTime(pair, lengths);
        }
        Optional<Measurement> measured = measure();
        return measured.isPresent() ? Verdicts.of(pair, measured.get()) : Verdicts.nothing(pair, sharedCarrier);
    }

    /** Returns what the recordings tell, empty where nothing is coherent. */
    Optional<Measurement> measure() throws IOException {
        int zoom = 1;
        Optional<Measurement> measured = measure(zoom);
        while (measured.isEmpty() && carriers && lengths.canGrow(zoom * ZOOM)) {
            zoom *= ZOOM;
            measured = measure(zoom);
        }
        return measured;
    }

    private Optional<Measurement> measure(int zoom) throws IOException {
        Kernels kernels = DelayKernels.next(lengths.segments(zoom));
        GroupFft fft = new GroupFft(lengths.toFind(zoom), kernels);
        Tracking tracking = new Tracking(pair, lengths, new GroupFft(lengths.toMeasure(zoom), kernels));
        for (long samples : STRETCHES) {
            Stretch stretch = pair.middle(start, samples).orElseThrow();
            CrossSpectrum survey = new CrossSpectrum(fft, pair.rateHz() / fft.size());
            pair.spectra(fft, start).walk(stretch, survey);
            Lines lines = pair.lines(fft, start);
            Carriers seen = Carriers.of(survey, lines);
            carriers = seen.any();
            sharedCarrier = seen.shared(lines);
            for (FirstWeights first : FirstWeights.values()) {
                float[] weights = lines.byPosition(first.of(survey, lines, seen), fft.size());
                Optional<Alignment> peak =
                        new Acquisition(pair, fft).search(start, alignment -> pair.middle(alignment, samples), weights);
                Optional<Measurement> measured =
                        peak.isEmpty() ? Optional.empty() : tracking.measure(peak.get(), first, stretch);
                if (measured.isPresent()) {
                    return measured;
                }
            }
            if (stretch.end() - stretch.first() < samples) {
                break;
            }
        }
        return Optional.empty();
    }
}
