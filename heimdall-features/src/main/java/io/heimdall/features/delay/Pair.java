package io.heimdall.features.delay;

import io.heimdall.features.recording.RecordingInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two recordings on one time axis, and what is known of them before a sample is read.
 *
 * @param a the first recording
 * @param b the second
 * @param epoch second 0
 * @param piecesOfA the first recording, cut at its gaps
 * @param piecesOfB the second recording, cut at its gaps
 * @param tuningHz by how much the second receiver was tuned higher than the first
 * @param range where the delay can be
 */
record Pair(
        TimedRecording a,
        TimedRecording b,
        Instant epoch,
        List<Piece> piecesOfA,
        List<Piece> piecesOfB,
        double tuningHz,
        Range range) {

    static Pair of(TimedRecording a, TimedRecording b, Range range) {
        Instant epoch = a.startTime();
        return new Pair(a, b, epoch, Piece.of(a, epoch), Piece.of(b, epoch), tuningHz(a, b), range);
    }

    /** Returns by how much the second was tuned higher; 0 where one of them does not tell. */
    private static double tuningHz(TimedRecording a, TimedRecording b) {
        OptionalDouble ofA = a.recording().info().centerFrequencyHz();
        OptionalDouble ofB = b.recording().info().centerFrequencyHz();
        return ofA.isPresent() && ofB.isPresent() ? ofB.getAsDouble() - ofA.getAsDouble() : 0;
    }

    double rateHz() {
        return infoOfA().sampleRateHz().orElseThrow();
    }

    private RecordingInfo infoOfA() {
        return a.recording().info();
    }

    /** Returns the width of the band that both recorded. */
    double sharedHz() {
        return Band.of(infoOfA()).shared(Band.of(b.recording().info()), tuningHz);
    }

    /** Returns the lines that both have at an alignment. */
    Lines lines(GroupFft fft, Alignment alignment) {
        return Lines.of(
                fft,
                rateHz() / fft.size(),
                Band.of(infoOfA()),
                Band.of(b.recording().info()),
                tuningHz + alignment.offsetHz());
    }

    PairSpectra spectra(GroupFft fft, Alignment alignment) {
        return new PairSpectra(a, b, fft, tuningHz, alignment);
    }

    /** Returns what the recordings share at an alignment, in order. */
    List<Stretch> stretches(Alignment alignment) {
        return Stretch.of(piecesOfA, piecesOfB, alignment);
    }

    /** Returns the middle of the longest stretch at an alignment, at most so many samples of it. */
    Optional<Stretch> middle(Alignment alignment, long samples) {
        return stretches(alignment).stream()
                .max(Comparator.comparingLong(stretch -> stretch.end() - stretch.first()))
                .map(stretch -> stretch.middle(samples));
    }

    /** Returns the delay nearest to 0 at which the recordings share the longest stretch, and where. */
    Alignment start() {
        Alignment best = new Alignment(0, 0, 0, 0);
        double longest = 0;
        for (double delay : new double[] {0, -range.delay(), range.delay()}) {
            Alignment alignment = new Alignment(delay, 0, 0, 0);
            List<Stretch> shared = stretches(alignment);
            double seconds = Stretch.seconds(shared);
            if (seconds > 2 * longest) {
                longest = seconds;
                double from = shared.get(0).from();
                double to = shared.get(shared.size() - 1).to();
                best = new Alignment(delay, 0, 0, (from + to) / 2);
            }
        }
        return best;
    }
}
