package io.heimdall.dataset.ingest;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A recording that was read from its first sample to its last.
 *
 * @param files one, or the metadata and the samples of a SigMF pair
 * @param part of the file that was read
 * @param info what the recording says of itself; its sample rate is known
 * @param quality of its samples, all of which are finite
 * @param warnings what its reader and its samples show to be odd, in sentences without the file's name
 */
record MeasuredRecording(
        List<Path> files, RecordingPart part, RecordingInfo info, RecordingQuality quality, List<String> warnings) {
    /** What is wrong with a recording whose samples are not complex. */
    static final String REAL_SIGNAL = "it holds a real signal, one number a sample, in place of IQ samples";

    private static final Pattern NAMED_DATA = Pattern.compile("\"core:dataset\"\\s*:\\s*\"");

    /**
     * Reads a recording.
     *
     * @param path the file; of a SigMF pair either file or the base name
     * @param options what of it, and as what
     * @param rateMissing what the user can do where neither options nor file tell the sample rate
     * @throws IOException if it cannot be read, or is damaged
     * @throws IllegalArgumentException if it is of no use though readable
     */
    static MeasuredRecording read(Path path, ReadOptions options, String rateMissing) throws IOException {
        try (Recording recording = Recordings.open(path, options)) {
            RecordingInfo info = recording.info();
            if (info.sampleRateHz().isEmpty()) {
                throw new IllegalArgumentException("it does not state its sample rate: " + rateMissing);
            }
            int frames = FeatureParameters.network().frames();
            if (info.samples() < frames) {
                throw new IllegalArgumentException(
                        "it has " + info.samples() + " samples, at least " + frames + " are needed");
            }
            List<Path> files = Recordings.files(path, options);
            requireOwnData(files);
            RecordingSurvey survey = RecordingSurvey.of(recording, 1);
            requireWhole(survey.quality(), info.samples());
            return new MeasuredRecording(files, part(path, files, options), info, survey.quality(), survey.warnings());
        }
    }

    /** Of a collection only the chosen recording is kept, so that nothing is left to choose. */
    private static RecordingPart part(Path path, List<Path> files, ReadOptions options) {
        Optional<String> stream = files.contains(path) ? options.stream() : Optional.empty();
        return new RecordingPart(options.channel().orElse(0), options.capture().orElse(0), stream);
    }

    /** In the store the pair has another name, which a reference from one to the other would not follow. */
    private static void requireOwnData(List<Path> files) throws IOException {
        boolean named = files.size() > 1
                && NAMED_DATA
                        .matcher(Files.readString(files.get(0), StandardCharsets.ISO_8859_1))
                        .find();
        if (named) {
            throw new IllegalArgumentException(
                    "its core:dataset names another data file: give that file the name of the metadata, with"
                            + " .sigmf-data at its end, and remove core:dataset");
        }
    }

    /**
     * Checks that a model can take it.
     *
     * @throws IllegalArgumentException if its samples are not complex
     */
    void requireIq() {
        if (!info.complex()) {
            throw new IllegalArgumentException(REAL_SIGNAL);
        }
    }

    /** Returns the file that the recording is opened by; of a SigMF pair the metadata. */
    Path file() {
        return files.get(0);
    }

    /** Returns the samples of a SigMF pair. */
    Optional<Path> data() {
        return files.stream().skip(1).findFirst();
    }

    /** Returns the ending of the file's name, without its dot; the format's name where it has none. */
    String extension() {
        if (data().isPresent()) {
            return "sigmf-meta";
        }
        String name = file().getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return name.contains(".") && ending.matches("[A-Za-z0-9_-]{1,16}") ? ending : info.format();
    }

    double sampleRateHz() {
        return info.sampleRateHz().orElseThrow();
    }

    /** Returns the mean power in decibels to full scale, at least -200. */
    double powerDb() {
        return quality.levelDbfs();
    }

    private static void requireWhole(RecordingQuality quality, long samples) throws EOFException {
        if (quality.samples() < samples) {
            throw new EOFException("it ends at sample " + quality.samples() + ", its header promises " + samples);
        }
        if (quality.invalidSamples() > 0) {
            throw new IllegalArgumentException(
                    "it holds " + quality.invalidSamples() + " samples that are no finite numbers, of " + samples);
        }
    }
}
