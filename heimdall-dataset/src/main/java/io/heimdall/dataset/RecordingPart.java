package io.heimdall.dataset;

import io.heimdall.features.recording.ReadOptions;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The channel, capture and stream of a file that belong to a station, for a file with several of them.
 *
 * @param channel number of the receiver in an interleaved recording, from 0
 * @param capture one of the stretches of time, from 0
 * @param stream one of the recordings of an archive, by its name; empty: the only one
 */
public record RecordingPart(int channel, int capture, Optional<String> stream) {

    /** The first channel and the first capture: all that most files hold. */
    public static final RecordingPart FIRST = new RecordingPart(0, 0, Optional.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public RecordingPart {
        if (channel < 0 || capture < 0) {
            throw new IllegalArgumentException("channel " + channel + " or capture " + capture + " is negative");
        }
    }

    /**
     * Returns this as a word for names that things are kept under: empty for {@link #FIRST}, so that what releases
     * without parts kept is found again.
     */
    public String canonical() {
        return equals(FIRST)
                ? ""
                : " channel=" + channel + " capture=" + capture
                        + stream.map(s -> " stream=" + s).orElse("");
    }

    /**
     * Returns the options that read this part of a file.
     *
     * @param format to read the file as; empty to recognise it by its content
     * @param sampleRateHz empty where the file itself tells
     */
    public ReadOptions options(Optional<String> format, OptionalDouble sampleRateHz) {
        return new ReadOptions(format, sampleRateHz, OptionalInt.of(channel), OptionalInt.of(capture), stream, true);
    }
}
