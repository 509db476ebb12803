package io.heimdall.dataset.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A recording that was read from its first sample to its last.
 *
 * @param file the recording; of a SigMF pair the metadata
 * @param data of a SigMF pair the samples
 * @param format the format's name
 * @param sampleRateHz as given, else as the recording says
 * @param startTime as the recording says
 * @param quality of its samples, all of which are finite
 */
record MeasuredRecording(
        Path file,
        Optional<Path> data,
        String format,
        double sampleRateHz,
        Optional<Instant> startTime,
        RecordingQuality quality) {
    private static final String META = ".sigmf-meta";
    private static final String DATA = ".sigmf-data";

    /**
     * Reads a recording.
     *
     * @param path the file; of a SigMF pair either file or the base name
     * @param sampleRateHz empty: as the recording says
     * @param rateMissing what the user can do where neither says it
     * @throws IOException if it cannot be read, or is damaged
     * @throws IllegalArgumentException if it is of no use though readable
     */
    static MeasuredRecording read(Path path, OptionalDouble sampleRateHz, String rateMissing) throws IOException {
        Path file = named(path);
        ReadOptions options = new ReadOptions(Optional.empty(), sampleRateHz, 0, 0);
        try (Recording recording = Recordings.open(file, options)) {
            RecordingInfo info = recording.info();
            if (info.sampleRateHz().isEmpty()) {
                throw new IllegalArgumentException("it does not tell its sample rate: " + rateMissing);
            }
            int frames = FeatureParameters.network().frames();
            if (info.samples() < frames) {
                throw new IllegalArgumentException(
                        "it has " + info.samples() + " samples, at least " + frames + " are needed");
            }
            return new MeasuredRecording(
                    file,
                    data(file),
                    info.format(),
                    info.sampleRateHz().getAsDouble(),
                    info.startTime(),
                    quality(recording));
        }
    }

    /** Returns the ending of the file's name, without its dot; the format's name where it has none. */
    String extension() {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return name.contains(".") && ending.matches("[A-Za-z0-9_-]{1,16}") ? ending : format;
    }

    private static Path named(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(DATA)) {
            return path.resolveSibling(name.substring(0, name.length() - DATA.length()) + META);
        }
        Path meta = path.resolveSibling(name + META);
        return !Files.exists(path) && Files.exists(meta) ? meta : path;
    }

    private static Optional<Path> data(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(META)) {
            return Optional.empty();
        }
        // In the store the pair has another name, which a reference from one to the other would not follow.
        if (new ObjectMapper().readTree(file.toFile()).path("global").hasNonNull("core:dataset")) {
            throw new IllegalArgumentException("its core:dataset names the data: call that as the metadata, with "
                    + DATA + " at its end, and take core:dataset out");
        }
        return Optional.of(file.resolveSibling(name.substring(0, name.length() - META.length()) + DATA));
    }

    /** Returns the mean power in decibels to full scale, at least -200. */
    double powerDb() {
        return quality.levelDbfs();
    }

    private static RecordingQuality quality(Recording recording) throws IOException {
        RecordingQuality quality = RecordingQuality.of(recording);
        long samples = recording.info().samples();
        if (quality.samples() < samples) {
            throw new EOFException("it ends at sample " + quality.samples() + ", it said to have " + samples);
        }
        if (quality.invalidSamples() > 0) {
            throw new IllegalArgumentException(
                    "it holds " + quality.invalidSamples() + " samples that are no finite numbers, of " + samples);
        }
        return quality;
    }
}
