package io.heimdall.dataset.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A recording that was read from its first sample to its last.
 *
 * @param file the recording; of a SigMF pair the metadata
 * @param data of a SigMF pair the samples
 * @param part of the file that was read
 * @param info what the recording says of itself; its sample rate is known
 * @param quality of its samples, all of which are finite
 * @param warnings what its reader and its samples show to be odd, in sentences without the file's name
 */
record MeasuredRecording(
        Path file,
        Optional<Path> data,
        RecordingPart part,
        RecordingInfo info,
        RecordingQuality quality,
        List<String> warnings) {
    private static final String META = ".sigmf-meta";
    private static final String DATA = ".sigmf-data";
    private static final String COLLECTION = ".sigmf-collection";
    private static final int NAMED_STREAMS = 5;

    /**
     * Reads a recording.
     *
     * @param path the file; of a SigMF pair either file or the base name
     * @param options what of it, and as what
     * @param words how to say what the user can do
     * @throws IOException if it cannot be read, or is damaged
     * @throws IllegalArgumentException if it is of no use though readable
     */
    static MeasuredRecording read(Path path, ReadOptions options, ReadAdvice words) throws IOException {
        Path file = named(path);
        List<String> streams = options.format().isPresent() ? List.of() : Recordings.streams(file);
        if (options.stream().isEmpty() && streams.size() > 1) {
            throw new IllegalArgumentException(several(streams, words));
        }
        try (Recording recording = Recordings.open(file, options)) {
            RecordingInfo info = recording.info();
            if (info.sampleRateHz().isEmpty()) {
                throw new IllegalArgumentException("it does not tell its sample rate: " + words.rate());
            }
            int frames = FeatureParameters.network().frames();
            if (info.samples() < frames) {
                throw new IllegalArgumentException(
                        "it has " + info.samples() + " samples, at least " + frames + " are needed");
            }
            boolean collection = file.getFileName().toString().endsWith(COLLECTION);
            Path stored =
                    collection ? file.resolveSibling(options.stream().orElseGet(() -> streams.get(0)) + META) : file;
            Optional<String> stream = collection ? Optional.empty() : options.stream();
            RecordingSurvey survey = RecordingSurvey.of(recording, 1);
            requireWhole(survey.quality(), info.samples());
            return new MeasuredRecording(
                    stored,
                    data(stored),
                    new RecordingPart(options.channel(), options.capture(), stream),
                    info,
                    survey.quality(),
                    survey.warnings());
        }
    }

    private static String several(List<String> streams, ReadAdvice words) {
        String more = streams.size() > NAMED_STREAMS ? ", ..." : "";
        return "it holds " + streams.size() + " recordings ("
                + String.join(", ", streams.subList(0, Math.min(NAMED_STREAMS, streams.size()))) + more + "): "
                + words.stream();
    }

    /** Returns the ending of the file's name, without its dot; the format's name where it has none. */
    String extension() {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return name.contains(".") && ending.matches("[A-Za-z0-9_-]{1,16}") ? ending : info.format();
    }

    double sampleRateHz() {
        return info.sampleRateHz().orElseThrow();
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

    private static void requireWhole(RecordingQuality quality, long samples) throws EOFException {
        if (quality.samples() < samples) {
            throw new EOFException("it ends at sample " + quality.samples() + ", it said to have " + samples);
        }
        if (quality.invalidSamples() > 0) {
            throw new IllegalArgumentException(
                    "it holds " + quality.invalidSamples() + " samples that are no finite numbers, of " + samples);
        }
    }
}
