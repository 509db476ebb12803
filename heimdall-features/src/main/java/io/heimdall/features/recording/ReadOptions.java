package io.heimdall.features.recording;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The caller's facts about a recording, which win over the file's, and the caller's choice of its channel, capture or
 * stream.
 *
 * @param format the format to read it as, one of {@link Recordings#formats()}; empty: find out
 * @param sampleRateHz samples a second; where given it wins over what the file says; empty: as the file says
 * @param channel which receiver of a recording that holds several, from 0; empty: the first, with a warning of the others
 * @param capture which capture of a SigMF recording that holds several, from 0; empty likewise
 * @param stream which recording of a SigMF collection or archive, one of {@link Recordings#streams}; empty: the only one
 * @param checksum whether a checksum that the file states is held against its samples, which reads them all
 */
public record ReadOptions(
        Optional<String> format,
        OptionalDouble sampleRateHz,
        OptionalInt channel,
        OptionalInt capture,
        Optional<String> stream,
        boolean checksum) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the rate is not positive and finite, or channel or capture is negative
     */
    public ReadOptions {
        if (sampleRateHz.isPresent() && !(sampleRateHz.getAsDouble() > 0 && sampleRateHz.getAsDouble() < 1e12)) {
            throw new IllegalArgumentException(
                    "sample rate " + sampleRateHz.getAsDouble() + " Hz is not in 0..1e12, both excluded");
        }
        requireIndex("channel", channel);
        requireIndex("capture", capture);
    }

    /**
     * Chooses a channel and a capture of a file that holds one recording; its checksum is looked at.
     *
     * @throws IllegalArgumentException if the rate is not positive and finite, or channel or capture is negative
     */
    public ReadOptions(Optional<String> format, OptionalDouble sampleRateHz, int channel, int capture) {
        this(format, sampleRateHz, OptionalInt.of(channel), OptionalInt.of(capture), Optional.empty(), true);
    }

    private static void requireIndex(String name, OptionalInt index) {
        if (index.orElse(0) < 0) {
            throw new IllegalArgumentException(name + " " + index.getAsInt() + " is negative: the first is 0");
        }
    }

    /** Returns the options that leave everything to the file: its own format and rate, channel 0, capture 0. */
    public static ReadOptions defaults() {
        return new ReadOptions(
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                true);
    }

    /**
     * Returns these options with another format.
     *
     * @param name one of {@link Recordings#formats()}
     */
    public ReadOptions withFormat(String name) {
        return new ReadOptions(Optional.of(name), sampleRateHz, channel, capture, stream, checksum);
    }

    /**
     * Returns these options with another sample rate.
     *
     * @param hertz samples a second
     */
    public ReadOptions withSampleRateHz(double hertz) {
        return new ReadOptions(format, OptionalDouble.of(hertz), channel, capture, stream, checksum);
    }

    /**
     * Returns these options with another channel.
     *
     * @param index from 0
     */
    public ReadOptions withChannel(int index) {
        return new ReadOptions(format, sampleRateHz, OptionalInt.of(index), capture, stream, checksum);
    }

    /**
     * Returns these options with another capture.
     *
     * @param index from 0
     */
    public ReadOptions withCapture(int index) {
        return new ReadOptions(format, sampleRateHz, channel, OptionalInt.of(index), stream, checksum);
    }

    /**
     * Returns these options with another recording of a collection or archive.
     *
     * @param name one of {@link Recordings#streams}
     */
    public ReadOptions withStream(String name) {
        return new ReadOptions(format, sampleRateHz, channel, capture, Optional.of(name), checksum);
    }

    /** Returns these options without the look at checksums, which costs a pass over all samples. */
    public ReadOptions withoutChecksum() {
        return new ReadOptions(format, sampleRateHz, channel, capture, stream, false);
    }
}
