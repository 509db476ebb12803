package io.heimdall.dataset.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
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
 * @param powerDb mean power relative to full scale, not below {@value #FLOOR_DB} dB
 */
record MeasuredRecording(
        Path file,
        Optional<Path> data,
        String format,
        double sampleRateHz,
        Optional<Instant> startTime,
        double powerDb) {
    private static final double FLOOR_DB = -200;
    private static final int BLOCK_SAMPLES = 1 << 14;
    private static final String META = ".sigmf-meta";
    private static final String DATA = ".sigmf-data";

    /**
     * Reads a recording.
     *
     * @param path the file; of a SigMF pair either file or the base name
     * @param sampleRateHz empty: as the recording says
     * @throws IOException if it cannot be read, or is damaged
     * @throws IllegalArgumentException if it is of no use though readable
     */
    static MeasuredRecording read(Path path, OptionalDouble sampleRateHz) throws IOException {
        Path file = named(path);
        ReadOptions options = new ReadOptions(Optional.empty(), sampleRateHz, 0, 0);
        try (Recording recording = Recordings.open(file, options)) {
            RecordingInfo info = recording.info();
            if (info.sampleRateHz().isEmpty()) {
                throw new IllegalArgumentException(
                        "it does not tell its sample rate: fill in " + Column.SAMPLE_RATE_HZ.title());
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
                    powerDb(recording));
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

    private static double powerDb(Recording recording) throws IOException {
        RecordingInfo info = recording.info();
        float[] block = new float[(info.complex() ? 2 : 1) * BLOCK_SAMPLES];
        double sum = 0;
        for (long done = 0; done < info.samples(); ) {
            int got = recording.read(done, block, 0, (int) Math.min(BLOCK_SAMPLES, info.samples() - done));
            if (got <= 0) {
                throw new EOFException("it ends at sample " + done + ", it said to have " + info.samples());
            }
            double power = 0;
            for (int i = 0; i < (info.complex() ? 2 : 1) * got; i++) {
                power += (double) block[i] * block[i];
            }
            if (!Double.isFinite(power)) {
                throw new IllegalArgumentException(
                        "it holds samples that are no finite numbers, between " + done + " and " + (done + got));
            }
            sum += power;
            done += got;
        }
        return Math.max(FLOOR_DB, 10 * Math.log10(sum / info.samples()));
    }
}
