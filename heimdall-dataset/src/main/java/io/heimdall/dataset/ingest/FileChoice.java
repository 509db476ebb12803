package io.heimdall.dataset.ingest;

import io.heimdall.dataset.RecordingPart;
import io.heimdall.features.recording.ReadOptions;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Says how a recording's file is to be read; what is empty is left to the file.
 *
 * @param format one of the readers' names
 * @param sampleRateHz samples a second
 * @param channel from 0
 * @param capture from 0
 * @param stream the name of a recording in an archive or collection
 */
record FileChoice(
        Optional<String> format,
        OptionalDouble sampleRateHz,
        OptionalInt channel,
        OptionalInt capture,
        Optional<String> stream) {

    /** Returns the part of the file that is read. */
    RecordingPart part() {
        return new RecordingPart(channel.orElse(0), capture.orElse(0), stream);
    }

    ReadOptions options() {
        return part().options(format, sampleRateHz);
    }
}
