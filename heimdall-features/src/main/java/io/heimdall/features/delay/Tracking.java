package io.heimdall.features.delay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Measures a delay that is known roughly over all that two recordings share. For one thread. */
final class Tracking {
    /** From one measurement to the next the time grows so much at most, so that the offset stays known. */
    private static final int GROWTH = 64;

    /** A drift that moves the peak by so much of its width over the time is followed. */
    private static final double SEEN_DRIFT = 0.3;

    /** What segments that lie off add to the variance of the delay, as a share; more, and they are aligned anew. */
    private static final double SELF_NOISE = 3e-5;

    private static final int REPEATS = 3;

    private final Pair pair;
    private final SegmentLengths lengths;
    private final GroupFft fft;

    Tracking(Pair pair, SegmentLengths lengths, GroupFft fft) {
        this.pair = pair;
        this.lengths = lengths;
        this.fft = fft;
    }

    /**
     * Measures over more and more time around the stretch where the peak was found, then over all of it until the segments
     * lie right.
     *
     * @param found the peak
     * @param first the weights that found it
     * @param stretch where it was found
     * @return empty where nothing is coherent
     * @throws IOException if a recording cannot be read
     */
    Optional<Measurement> measure(Alignment found, FirstWeights first, Stretch stretch) throws IOException {
        double centre = (stretch.from() + stretch.to()) / 2;
        double seconds = stretch.seconds();
        Alignment alignment = found;
        Optional<Measurement> measured = Optional.empty();
        for (boolean all = false; !all; ) {
            double offsetHz = 2 / seconds;
            seconds *= GROWTH;
            List<Stretch> shared = pair.stretches(alignment);
            List<Stretch> part = Stretch.within(shared, centre - seconds / 2, centre + seconds / 2);
            all = Stretch.seconds(part) >= Stretch.seconds(shared);
            measured = measure(alignment, first, part, offsetHz);
            if (measured.isEmpty()) {
                return measured;
            }
            alignment = better(measured.get());
        }
        for (int i = 0; i < REPEATS && liesOff(measured.get()); i++) {
            alignment = better(measured.get());
            Optional<Measurement> again = measure(alignment, first, pair.stretches(alignment), 1 / lengths.seconds());
            if (again.isEmpty()) {
                return measured;
            }
            measured = again;
        }
        return measured;
    }

    private Optional<Measurement> measure(
            Alignment alignment, FirstWeights first, List<Stretch> stretches, double offsetHz) throws IOException {
        CrossSpectrum spectrum = new CrossSpectrum(fft, pair.rateHz() / fft.size());
        PairSpectra spectra = pair.spectra(fft, alignment);
        for (Stretch stretch : stretches) {
            spectra.walk(stretch, spectrum);
        }
        return Measurement.of(spectrum, pair.lines(fft, alignment), alignment, first, offsetHz, pair.range());
    }

    private boolean liesOff(Measurement measured) {
        return measured.selfNoise(pair.rateHz()) > SELF_NOISE
                || better(measured).drift() != measured.alignment().drift();
    }

    /** Returns how the segments would lie right, with the drift as it was where no other one is seen. */
    private Alignment better(Measurement measured) {
        double drift = measured.drift();
        double moved = Math.abs(drift - measured.alignment().drift()) * lengths.seconds();
        boolean seen = moved * 2 * Math.PI * measured.rmsBandwidthHz() > SEEN_DRIFT
                && Math.abs(drift) <= pair.range().drift();
        return measured.aligned(seen ? drift : measured.alignment().drift());
    }
}
