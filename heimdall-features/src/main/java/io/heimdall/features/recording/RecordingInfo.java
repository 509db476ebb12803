package io.heimdall.features.recording;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a recording says of itself.
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
 * @param warnings what the reader could not take as the file says it, in order: each a sentence that names the field, the
 *     value found and what was taken in its place; without the file's name and without control characters
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
        return new RecordingInfo(
                format,
                pairs,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                bits,
                channels,
                captures,
                gaps,
                warnings,
                clockSigmaSeconds);
    }

    /** Returns this at another position. */
    public RecordingInfo withPosition(Optional<Position> receiver) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                receiver,
                bits,
                channels,
                captures,
                gaps,
                warnings,
                clockSigmaSeconds);
    }

    /** Returns this with numbers of so many bits. */
    public RecordingInfo withBits(OptionalInt fullScaleBits) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                fullScaleBits,
                channels,
                captures,
                gaps,
                warnings,
                clockSigmaSeconds);
    }

    /** Returns this as one of so many channels and captures of the file. */
    public RecordingInfo withParts(int channelsOfFile, int capturesOfFile) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                bits,
                channelsOfFile,
                capturesOfFile,
                gaps,
                warnings,
                clockSigmaSeconds);
    }

    /** Returns this with other gaps. */
    public RecordingInfo withGaps(List<Gap> missing) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                bits,
                channels,
                captures,
                missing,
                warnings,
                clockSigmaSeconds);
    }

    /** Returns this with further warnings behind those that it has. */
    public RecordingInfo withWarnings(List<String> more) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                bits,
                channels,
                captures,
                gaps,
                Stream.concat(warnings.stream(), more.stream()).toList(),
                clockSigmaSeconds);
    }

    /** Returns this with a clock of another sigma, seconds. */
    public RecordingInfo withClockSigma(OptionalDouble sigmaSeconds) {
        return new RecordingInfo(
                format,
                complex,
                samples,
                sampleRateHz,
                centerFrequencyHz,
                startTime,
                position,
                bits,
                channels,
                captures,
                gaps,
                warnings,
                sigmaSeconds);
    }
}
