package io.heimdall.dataset;

import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ByteSources;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The recording of a measurement.
 *
 * @param key of its file in the object store
 * @param format name of the format as the readers name it; empty to recognise it by its content
 * @param part of the file that the station recorded
 * @param sampleRateHz positive; empty where the file itself tells
 * @param calibrationDb added to decibels relative to full scale, to make stations comparable
 * @param quality where it was measured
 */
public record Recorded(
        ObjectKey key,
        Optional<String> format,
        RecordingPart part,
        OptionalDouble sampleRateHz,
        double calibrationDb,
        Optional<RecordingQuality> quality) {

    private static final String SIGMF_META = ".sigmf-meta";
    private static final String SIGMF_DATA = ".sigmf-data";

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the sample rate is not positive, or the calibration not finite
     */
    public Recorded {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(quality, "quality");
        if (sampleRateHz.isPresent()
                && !(sampleRateHz.getAsDouble() > 0 && Double.isFinite(sampleRateHz.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "sample rate " + sampleRateHz.getAsDouble() + " Hz of " + key + " is not positive");
        }
        if (!Double.isFinite(calibrationDb)) {
            throw new IllegalArgumentException("calibration " + calibrationDb + " dB of " + key + " is not finite");
        }
    }

    /** Returns the recording of a whole file, uncalibrated, whose format and sample rate the file tells. */
    public static Recorded at(ObjectKey key) {
        return new Recorded(key, Optional.empty(), RecordingPart.FIRST, OptionalDouble.empty(), 0, Optional.empty());
    }

    /**
     * Makes the recording a local file. One of SigMF is two objects: the metadata, which is named, and the samples, which then lie
     * beside it.
     *
     * @return as {@link ObjectFiles#fetch}; where the samples are missing, the reader of the metadata says so
     * @throws IOException as {@link ObjectFiles#fetch} does
     */
    public Path fetch(ObjectFiles objects) throws IOException {
        if (isPair()) {
            String base = key.name().substring(0, key.name().length() - SIGMF_META.length());
            try {
                ObjectKey data = key.name().endsWith(SIGMF_META) // else both are most likely in capitals
                        ? key.sibling(base + SIGMF_DATA)
                        : data(objects, base);
                objects.fetch(data);
            } catch (NoSuchFileException absent) {
                return objects.fetch(key);
            }
        }
        return objects.fetch(key);
    }

    private ObjectKey data(ObjectFiles objects, String base) throws IOException {
        Optional<ObjectRanges> ranges = objects.ranges();
        return ranges.isPresent() ? ranges.get().beside(key, base + SIGMF_DATA) : key.sibling(base + SIGMF_DATA);
    }

    /**
     * Returns where the recording is read once: on the server where objects are read by ranges, else as a local file.
     *
     * @throws IOException as {@link ObjectFiles#fetch} does
     */
    public ByteSource source(ObjectFiles objects) throws IOException {
        Optional<ObjectRanges> ranges = objects.ranges();
        return ranges.isPresent() ? ObjectSource.of(ranges.get(), key) : ByteSources.of(fetch(objects));
    }

    /** Returns whether the recording is two objects: SigMF's metadata, which are named, and the samples beside them. */
    public boolean isPair() {
        return key.name().toLowerCase(Locale.ROOT).endsWith(SIGMF_META);
    }

    /** Returns this recording with a format and a sample rate that the file need not tell. */
    public Recorded as(String formatName, double rateHz) {
        return new Recorded(key, Optional.of(formatName), part, OptionalDouble.of(rateHz), calibrationDb, quality);
    }

    /** Returns this recording with another calibration. */
    public Recorded calibrated(double decibels) {
        return new Recorded(key, format, part, sampleRateHz, decibels, quality);
    }

    /** Returns another part of the same file. */
    public Recorded withPart(RecordingPart other) {
        return new Recorded(key, format, other, sampleRateHz, calibrationDb, quality);
    }

    /** Returns this recording with what its quality was measured to be. */
    public Recorded withQuality(Optional<RecordingQuality> measured) {
        return new Recorded(key, format, part, sampleRateHz, calibrationDb, measured);
    }
}
