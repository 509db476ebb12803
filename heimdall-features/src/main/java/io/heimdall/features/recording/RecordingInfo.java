package io.heimdall.features.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The facts that a recording states about itself.
 *
 * @param format the name of the format it was read from, for example {@code npy}
 * @param complex whether a sample is a pair I, Q rather than one real value
 * @param samples the length in samples; a pair I, Q is one sample
 * @param sampleRateHz samples a second, empty where the recording does not tell
 * @param centerFrequencyHz the frequency that stands at 0 Hz in the baseband, empty where the recording does not tell
 * @param startTime the time of sample 0, empty where the recording does not tell
 * @param position where the receiver stood, empty where the recording does not tell
 * @param bits the bits of an integer that make its full scale, 1..32; empty for floating point
 * @param channels receivers side by side in the file, of which this is one
 * @param captures stretches of samples in the file, of which this is one
 * @param gaps where time is missing, in order; at most {@value #MAX_GAPS}, later ones are left out
 * @param warnings of the reader about the file, in order: each a sentence that names the field, the
 *     value found and the value used in its place; without the file's name and without control characters
 * @param clockSigmaSeconds one sigma of the times of samples, positive; empty where the recording does not tell
 */
public record RecordingInfo(
        String format,
        boolean complex,
        long samples,
        OptionalDouble sampleRateHz,
        OptionalDouble centerFrequencyHz,
        Optional<Instant> startTime,
        Optional<Position> position,
        OptionalInt bits,
        int channels,
        int captures,
        List<Gap> gaps,
        List<String> warnings,
        OptionalDouble clockSigmaSeconds) {

    /** The most gaps that are listed. */
    public static final int MAX_GAPS = 10_000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code samples} is negative, or bits, channels, captures or the clock's sigma are out
     *     of range
     */
    public RecordingInfo {
        if (samples < 0) {
            throw new IllegalArgumentException("a recording of " + samples + " samples");
        }
        if (channels < 1 || captures < 1) {
            throw new IllegalArgumentException(channels + " channels, " + captures + " captures: 1 at least");
        }
        if (bits.isPresent() && (bits.getAsInt() < 1 || bits.getAsInt() > 32)) {
            throw new IllegalArgumentException(bits.getAsInt() + " bits are not in 1..32");
        }
        if (clockSigmaSeconds.isPresent()
                && !(clockSigmaSeconds.getAsDouble() > 0 && clockSigmaSeconds.getAsDouble() < Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "a clock's sigma of " + clockSigmaSeconds.getAsDouble() + " s is not positive and finite");
        }
        gaps = List.copyOf(gaps);
        warnings = warnings.stream().map(Shown::line).toList();
    }

    /**
     * Describes a recording of floating-point numbers, one channel, one capture, no gaps, no warnings, an unknown
     * position and an unknown clock.
     *
     * @throws IllegalArgumentException if {@code samples} is negative
     */
    public RecordingInfo(
            String format,
            boolean complex,
            long samples,
            OptionalDouble sampleRateHz,
            OptionalDouble centerFrequencyHz,
            Optional<Instant> startTime) {
        this(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                Optional.empty(),
                OptionalInt.empty(),
                1,
                1,
                List.of(),
                List.of(),
                OptionalDouble.empty());
    }

    /** Returns this with samples of the other kind: pairs I, Q or real values. */
    public RecordingInfo withComplex(boolean pairs) {
        return with(copy -> copy.complex = pairs);
    }

    /** Returns this at another position. */
    public RecordingInfo withPosition(Optional<Position> receiver) {
        return with(copy -> copy.position = receiver);
    }

    /** Returns this with numbers of so many bits. */
    public RecordingInfo withBits(OptionalInt fullScaleBits) {
        return with(copy -> copy.bits = fullScaleBits);
    }

    /** Returns this as one of so many channels and captures of the file. */
    public RecordingInfo withParts(int channelsOfFile, int capturesOfFile) {
        return with(copy -> {
            copy.channels = channelsOfFile;
            copy.captures = capturesOfFile;
        });
    }

    /** Returns this with other gaps. */
    public RecordingInfo withGaps(List<Gap> missing) {
        return with(copy -> copy.gaps = missing);
    }

    /** Returns this with further warnings behind those that it has. */
    public RecordingInfo withWarnings(List<String> more) {
        return with(copy ->
                copy.warnings = Stream.concat(warnings.stream(), more.stream()).toList());
    }

    /** Returns this with a clock of another sigma, seconds. */
    public RecordingInfo withClockSigma(OptionalDouble sigmaSeconds) {
        return with(copy -> copy.clockSigmaSeconds = sigmaSeconds);
    }

    private RecordingInfo with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.of(this);
    }

    /** What readers find out one after the other. */
    private static final class Copy {
        private boolean complex;
        private Optional<Position> position;
        private OptionalInt bits;
        private int channels;
        private int captures;
        private List<Gap> gaps;
        private List<String> warnings;
        private OptionalDouble clockSigmaSeconds;

        Copy(RecordingInfo info) {
            complex = info.complex;
            position = info.position;
            bits = info.bits;
            channels = info.channels;
            captures = info.captures;
            gaps = info.gaps;
            warnings = info.warnings;
            clockSigmaSeconds = info.clockSigmaSeconds;
        }

        RecordingInfo of(RecordingInfo info) {
            return new RecordingInfo(
                    info.format,
                    complex,
                    info.samples,
                    info.sampleRateHz,
                    info.centerFrequencyHz,
                    info.startTime,
                    position,
                    bits,
                    channels,
                    captures,
                    gaps,
                    warnings,
                    clockSigmaSeconds);
        }
    }
}
