package io.heimdall.dataset.sample;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ObjectSource;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingParts;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ByteSources;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.features.spectrum.Scratch;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.Interruptions;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The features of a catalogue's recordings, computed once and cached by content.
 *
 * <p>Objects on a server are read there by ranges, without a copy on the disk, unless the server does not know their digest or
 * they are to be read again.
 *
 * <p>Cached features are relative to full scale, so a station's calibration may change without a new computation.
 * Thread-safe.
 */
public final class RecordingFeatures implements MeasuredFeatures {

    /** Receivers that measure their clock have a rate of their own in every recording. */
    private static final int MAX_BENCHES = 32;

    /** The extractor of a rate, and scratch that no thread uses just now. */
    private record Bench(FeatureExtractor extractor, Queue<Scratch> idle) {}

    /** A recording's bytes, and the digest of all that it consists of. */
    private record DigestedSource(String hex, ByteSource source) {}

    private final ObjectFiles objects;
    private final FeatureParameters parameters;
    private final FeatureCache cache;
    private final ContentDigests digests = new ContentDigests();
    private final Optional<Map<Recorded, byte[]>> keys;
    private final Map<Double, Bench> benches = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Double, Bench> eldest) {
            return size() > MAX_BENCHES;
        }
    };

    /**
     * Prepares the features of recordings in a store.
     *
     * @param objects where the recordings are
     * @param parameters with a fixed number of frames
     * @param cache where features are kept
     */
    public RecordingFeatures(ObjectFiles objects, FeatureParameters parameters, FeatureCache cache) {
        this(objects, parameters, cache, Optional.empty());
    }

    private RecordingFeatures(
            ObjectFiles objects,
            FeatureParameters parameters,
            FeatureCache cache,
            Optional<Map<Recorded, byte[]>> keys) {
        if (parameters.frames() == FeatureParameters.ALL_FRAMES) {
            throw new IllegalArgumentException("a network's input needs a fixed number of frames");
        }
        this.objects = objects;
        this.parameters = parameters;
        this.cache = cache;
        this.keys = keys;
    }

    /**
     * Returns the same features, for one that reads them again and again: which content a recording had when it was first read is
     * remembered, in some 150 bytes, and not looked up again. A recording that is replaced meanwhile keeps its first features.
     */
    public RecordingFeatures rememberingKeys() {
        return new RecordingFeatures(objects, parameters, cache, Optional.of(new ConcurrentHashMap<>()));
    }

    /** Returns whether these remember keys, and are read again and again. */
    public boolean remembersKeys() {
        return keys.isPresent();
    }

    /** Returns the parameters. */
    public FeatureParameters parameters() {
        return parameters;
    }

    /** Returns the number of features of one recording, mels times frames. */
    public int size() {
        return parameters.mels() * parameters.frames();
    }

    /**
     * Returns the features of one recording, from the cache where they are there.
     *
     * @param measurement that has a recording
     * @return row-major (mels, frames), decibels with the recording's calibration; a fresh array
     * @throws DatasetException naming the recording and the station, if it cannot be read
     */
    @Override
    public float[] of(Measurement measurement) {
        Recorded recorded = measurement
                .recorded()
                .orElseThrow(() -> new IllegalArgumentException(
                        "station '" + measurement.station().name() + "' has no recording to compute features of"));
        try {
            DigestedSource digest = digested(recorded, isReadOnce(measurement));
            FeatureKey key = FeatureKey.of(digest.hex(), recorded, parameters);
            keys.ifPresent(known -> known.put(recorded, HexFormat.of().parseHex(key.hex())));
            return calibrated(cache.get(key, () -> compute(digest.source(), recorded)), recorded);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(
                    recorded.key().toString(),
                    "recording " + recorded.key() + " of station '"
                            + measurement.station().name() + "' gives no features: "
                            + (e.getMessage() == null ? e.toString() : e.getMessage()),
                    e,
                    mayPass(e));
        }
    }

    private static float[] calibrated(float[] features, Recorded recorded) {
        float calibration = (float) recorded.calibrationDb();
        for (int i = 0; i < features.length; i++) {
            features[i] += calibration;
        }
        return features;
    }

    /**
     * Reads the kept features of many recordings into memory.
     *
     * @param some that have a recording
     * @param likely names of the store's shards that are looked into first, from {@link #shardOf}
     * @return the same features as this; those that are not kept, or whose recording cannot be found, are not in memory
     * @throws CancellationException if the thread is interrupted (it still is)
     */
    public MeasuredFeatures loaded(Collection<Measurement> some, Collection<String> likely) {
        Map<Measurement, FeatureKey> wanted = new HashMap<>();
        try {
            for (Measurement measurement : some) {
                key(measurement).ifPresent(key -> wanted.put(measurement, key));
            }
            Map<FeatureKey, float[]> kept = new HashMap<>(cache.kept(new HashSet<>(wanted.values()), likely));
            Map<Measurement, float[]> loaded = new HashMap<>();
            wanted.forEach((measurement, key) -> {
                // Of two recordings of one content, which may have two calibrations, one is loaded.
                float[] features = kept.remove(key);
                if (features != null) {
                    loaded.put(
                            measurement,
                            calibrated(features, measurement.recorded().orElseThrow()));
                }
            });
            return new LoadedFeatures(loaded, this);
        } catch (IOException interrupted) {
            throw cancelled(interrupted);
        }
    }

    private static CancellationException cancelled(IOException interrupted) {
        CancellationException cancelled = new CancellationException("the reading of features was interrupted");
        cancelled.initCause(interrupted);
        return cancelled;
    }

    /**
     * Returns the name of the shard of the feature store that has the features of a recording now; empty where none has, or the recording
     * cannot be found.
     *
     * @param measurement that has a recording
     * @throws CancellationException if the thread is interrupted (it still is)
     */
    public Optional<String> shardOf(Measurement measurement) {
        try {
            Optional<FeatureKey> key = key(measurement);
            return key.isPresent() ? cache.shardOf(key.get()) : Optional.empty();
        } catch (IOException interrupted) {
            throw cancelled(interrupted);
        }
    }

    /** Returns the key of a recording's features; empty where the recording cannot be read, which {@link #of} tells. */
    private Optional<FeatureKey> key(Measurement measurement) throws IOException {
        Recorded recorded = measurement.recorded().orElseThrow();
        byte[] known = keys.map(all -> all.get(recorded)).orElse(null);
        if (known != null) {
            return Optional.of(new FeatureKey(HexFormat.of().formatHex(known), parameters));
        }
        try {
            FeatureKey key =
                    FeatureKey.of(digested(recorded, isReadOnce(measurement)).hex(), recorded, parameters);
            keys.ifPresent(all -> all.put(recorded, HexFormat.of().parseHex(key.hex())));
            return Optional.of(key);
        } catch (IOException e) {
            if (Interruptions.ended(e)) {
                throw e;
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the features of a recording are computed already. Where no server knows the digest of the recording, it is read.
     *
     * @param measurement that has a recording
     * @throws IOException if the recording cannot be read, or the cache cannot answer
     */
    public boolean areKept(Measurement measurement) throws IOException {
        Recorded recorded = measurement.recorded().orElseThrow();
        DigestedSource digest = digested(recorded, isReadOnce(measurement));
        return cache.has(FeatureKey.of(digest.hex(), recorded, parameters));
    }

    /** Publishes the features that were computed, so that they survive a kill. */
    public void flush() {
        cache.flush();
    }

    /** Who knows when a recording began compares it with others, and reads it once more for each of them. */
    private static boolean isReadOnce(Measurement measurement) {
        return measurement.startTime().isEmpty() || measurement.clockSigmaS().isEmpty();
    }

    /**
     * Finds a recording: on a server, where this knows the digest of all that it consists of, else as a local file, to be read to
     * its end for the digest and once more for the features.
     */
    private DigestedSource digested(Recorded recorded, boolean once) throws IOException {
        RecordingParts parts = new RecordingParts(recorded);
        Optional<ObjectRanges> ranges = objects.ranges();
        if (ranges.isPresent() && once && parts.areOne()) {
            ObjectVersion version = ranges.get().version(recorded.key());
            if (version.sha256().isPresent()) {
                return new DigestedSource(version.sha256().get(), ObjectSource.of(ranges.get(), version));
            }
        }
        Path file = parts.fetch(objects);
        return new DigestedSource(digests.of(parts, file).hex(), ByteSources.of(file));
    }

    private static boolean mayPass(Exception fault) {
        return !(fault instanceof RecordingFormatException)
                && fault instanceof IOException file
                && DiskFaults.mayPass(file);
    }

    private float[] compute(ByteSource bytes, Recorded recorded) throws IOException {
        VerifiedSource source = new VerifiedSource(bytes);
        ReadOptions options = recorded.part().options(recorded.format(), recorded.sampleRateHz());
        try (Recording recording = Recordings.open(source, options)) {
            OptionalDouble rate = recording.info().sampleRateHz();
            if (rate.isEmpty()) {
                throw new IllegalArgumentException("neither the file nor the catalogue tells its sample rate");
            }
            if (parameters.sides().complex() && !recording.info().complex()) {
                throw new IllegalArgumentException(
                        "it holds a real signal, one number a sample, in place of IQ samples");
            }
            Bench bench = bench(rate.getAsDouble());
            Scratch idle = bench.idle().poll();
            Scratch scratch = idle == null ? bench.extractor().newScratch() : idle;
            float[] features = new float[size()];
            bench.extractor().extract(recording, 0, features, scratch);
            bench.idle().add(scratch);
            source.verify(); // features of damaged bytes would stay, under the digest of the right ones
            return features;
        }
    }

    private Bench bench(double rateHz) {
        // The audio scale does not look at the rate: one extractor serves all.
        double key = parameters.scale() == MelScale.AUDIO ? Double.NaN : rateHz;
        synchronized (benches) {
            return benches.computeIfAbsent(
                    key, hz -> new Bench(FeatureExtractor.of(parameters, hz), new ConcurrentLinkedQueue<>()));
        }
    }
}
