package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.SigmfFiles;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFeaturesTest {
    private static final FeatureParameters SMALL = FeatureParameters.network()
            .withFftLength(256)
            .withHopSamples(64)
            .withMels(16)
            .withFrames(8);

    @TempDir
    Path directory;

    private ObjectStore store;
    private FeatureCache cache;
    private RecordingFeatures features;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(directory.resolve("store"));
        cache = new FeatureCache(directory.resolve("cache"));
        features = features(SMALL);
    }

    private RecordingFeatures features(FeatureParameters parameters) {
        return new RecordingFeatures(store, parameters, cache);
    }

    private static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] iq = new float[2 * 3000];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) (0.1 * random.nextGaussian());
        }
        return iq;
    }

    private Measurement measurement(String name, float[] iq, double rateHz, double calibrationDb) throws IOException {
        Path file = directory.resolve(name);
        NpyWriter.writeComplex(file, iq);
        ObjectKey key = new ObjectKey("b", name);
        store.put(key, file);
        return measurement(key, OptionalDouble.of(rateHz), calibrationDb);
    }

    private static Measurement measurement(ObjectKey key, OptionalDouble rateHz, double calibrationDb) {
        Recorded recorded =
                new Recorded(key, Optional.empty(), RecordingPart.FIRST, rateHz, calibrationDb, Optional.empty());
        return Measurement.recorded(Sessions.measurement("s", "Torino").station(), recorded, -60);
    }

    private static ObjectKey key(Measurement measurement) {
        return measurement.recorded().orElseThrow().key();
    }

    private static float[] expected(FeatureParameters parameters, float[] iq, double rateHz, double calibrationDb)
            throws IOException {
        FeatureExtractor extractor = FeatureExtractor.of(parameters, rateHz);
        float[] out = new float[parameters.mels() * parameters.frames()];
        try (Recording recording = Recordings.of(iq, true, rateHz)) {
            extractor.extract(recording, 0, out, extractor.newScratch());
        }
        for (int i = 0; i < out.length; i++) {
            out[i] += (float) calibrationDb;
        }
        return out;
    }

    private long entries() throws IOException {
        return cache.count();
    }

    @Test
    void areThoseOfTheExtractorPlusTheCalibration() throws IOException {
        Measurement measurement = measurement("a.npy", noise(1), 12_000, -7.25);
        float[] wanted = expected(SMALL, noise(1), 12_000, -7.25);
        assertThat(features.of(measurement)).isEqualTo(wanted);
        assertThat(features.of(measurement)).as("from the cache").isEqualTo(wanted);
        assertThat(features.parameters()).isEqualTo(SMALL);
    }

    @Test
    void anotherCalibrationNeedsNoNewComputation() throws IOException {
        Measurement measurement = measurement("a.npy", noise(1), 12_000, 0);
        features.of(measurement);
        float[] moved = features.of(measurement(key(measurement), OptionalDouble.of(12_000), 10));
        assertThat(moved).isEqualTo(expected(SMALL, noise(1), 12_000, 10));
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void aPartOfAFileHasFeaturesAndAnEntryOfItsOwn() throws IOException {
        float[] first = noise(11);
        float[] second = noise(12);
        SigmfFiles.pair(directory.resolve("two"), 77_500, new long[] {0, 1000}, first, second);
        ObjectKey key = new ObjectKey("b", "two.sigmf-meta");
        store.put(key, directory.resolve("two.sigmf-meta"));
        store.put(key.sibling("two.sigmf-data"), directory.resolve("two.sigmf-data"));
        Measurement begin = measurement(key, OptionalDouble.of(12_000), 0);
        Measurement end = Sessions.part(begin, new RecordingPart(1, 1, Optional.empty()));
        float[] ofBegin = expected(SMALL, Arrays.copyOf(first, 2000), 12_000, 0);
        float[] ofEnd = expected(SMALL, Arrays.copyOfRange(second, 2000, 6000), 12_000, 0);
        for (int time = 0; time < 2; time++) { // the second time from the cache
            assertThat(features.of(begin)).isEqualTo(ofBegin);
            assertThat(features.of(end)).isEqualTo(ofEnd);
        }
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void aRecordingOfAnArchiveIsReadByItsName() throws IOException {
        Path archive =
                SigmfFiles.archive(directory.resolve("a.sigmf"), 77_500, Map.of("north", noise(1), "south", noise(2)));
        ObjectKey key = new ObjectKey("b", "a.sigmf");
        store.put(key, archive);
        Measurement south = Sessions.part(
                measurement(key, OptionalDouble.empty(), 0), new RecordingPart(0, 0, Optional.of("south")));
        assertThat(features.of(south)).isEqualTo(expected(SMALL, noise(2), 12_000, 0));
    }

    @Test
    void otherParametersAreOtherEntries() throws IOException {
        Measurement measurement = measurement("a.npy", noise(1), 12_000, 0);
        features.of(measurement);
        for (FeatureParameters other :
                List.of(SMALL.withHopSamples(32), SMALL.withScale(MelScale.HTK), SMALL.withFftLength(128))) {
            assertThat(features(other).of(measurement)).isEqualTo(expected(other, noise(1), 12_000, 0));
        }
        assertThat(entries()).isEqualTo(4);
    }

    @Test
    void theSameContentUnderAnotherNameIsTheSameEntry() throws IOException {
        features.of(measurement("a.npy", noise(1), 12_000, 0));
        features.of(measurement("b.npy", noise(1), 12_000, 0));
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void aReplacedRecordingIsSeen() throws IOException {
        features.of(measurement("a.npy", noise(1), 12_000, 0));
        Measurement replaced = measurement("a.npy", noise(2), 12_000, 0);
        assertThat(features.of(replaced)).isEqualTo(expected(SMALL, noise(2), 12_000, 0));
    }

    @Test
    void bothFilesOfASigmfPairCount() throws IOException {
        ObjectKey meta = new ObjectKey("b", "x.sigmf-meta");
        Path file = Files.writeString(directory.resolve("x.sigmf-meta"), """
                {"global": {"core:datatype": "ci8", "core:version": "1.0.0", "core:sample_rate": 12000},
                 "captures": [{"core:sample_start": 0}], "annotations": []}""");
        store.put(meta, file);
        for (int seed = 0; seed < 2; seed++) {
            byte[] iq = new byte[6000];
            new Random(seed).nextBytes(iq);
            store.put(meta.sibling("x.sigmf-data"), Files.write(directory.resolve("data"), iq));
            float[] values = new float[iq.length];
            for (int i = 0; i < iq.length; i++) {
                values[i] = iq[i] / 128f;
            }
            assertThat(features.of(measurement(meta, OptionalDouble.empty(), 0)))
                    .isEqualTo(expected(SMALL, values, 12_000, 0));
        }
    }

    @Test
    void thePairIsNotOpenedAgainWhileItLooksTheSame() throws IOException {
        SigmfFiles.pair(directory.resolve("two"), 77_500, new long[] {0}, noise(1));
        ObjectKey key = new ObjectKey("b", "two.sigmf-meta");
        store.put(key, directory.resolve("two.sigmf-meta"));
        store.put(key.sibling("two.sigmf-data"), directory.resolve("two.sigmf-data"));
        Measurement measurement = measurement(key, OptionalDouble.of(12_000), 0);
        float[] first = features.of(measurement);

        Path meta = store.fetch(key);
        FileTime written = Files.getLastModifiedTime(meta);
        Files.write(meta, new byte[(int) Files.size(meta)]); // who opens it fails
        Files.setLastModifiedTime(meta, written);
        assertThat(features.of(measurement)).isEqualTo(first);

        Files.setLastModifiedTime(meta, FileTime.from(written.toInstant().plusSeconds(1)));
        assertThatThrownBy(() -> features.of(measurement)).hasMessageContaining("two.sigmf-meta");
        store.put(key, directory.resolve("two.sigmf-meta"));
        store.put(key.sibling("two.sigmf-data"), Files.write(directory.resolve("cut"), new byte[24_000]));
        assertThat(features.of(measurement)).isEqualTo(expected(SMALL, new float[6_000], 12_000, 0));
        store.delete(key.sibling("two.sigmf-data"));
        assertThatThrownBy(() -> features.of(measurement)).hasMessageContaining("two.sigmf-data");
    }

    @Test
    void aFileOfAPairThatComesLateIsSeen() throws IOException {
        ObjectKey key = new ObjectKey("b", "BBD_1.C16");
        store.put(key, Files.write(directory.resolve("late"), new byte[40_000]));
        Measurement heard = measurement(key, OptionalDouble.empty(), 0);
        assertThatThrownBy(() -> features.of(heard)).hasMessageContaining("tells its sample rate");

        store.put(key.sibling("BBD_1.TXT"), Files.writeString(directory.resolve("text"), "sample_rate=12000"));
        assertThat(features.of(heard)).isEqualTo(expected(SMALL, new float[20_000], 12_000, 0));
    }

    @Test
    void manyRatesAndThreadsShareOneInstance() throws IOException {
        FeatureParameters htk = SMALL.withScale(MelScale.HTK);
        RecordingFeatures shared = features(htk);
        List<Measurement> measurements = IntStream.range(0, 80)
                .mapToObj(i -> {
                    try {
                        return measurement("r" + i + ".npy", noise(i), 12_000 + i, 0);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
        List<float[]> all = measurements.parallelStream().map(shared::of).toList();
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).isEqualTo(expected(htk, noise(i), 12_000 + i, 0));
        }
    }

    @Test
    void aMeasurementWithoutARecordingHasNone() {
        Measurement level =
                Measurement.level(Sessions.measurement("s", "Torino").station(), -80);
        assertThatThrownBy(() -> features.of(level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("station 'Torino' has no recording to compute features of");
    }

    @Test
    void namesTheRecordingAndTheStationOfWhatGivesNone() throws IOException {
        Measurement good = measurement("a.npy", noise(1), 12_000, 0);
        assertThatThrownBy(() -> features.of(measurement(key(good), OptionalDouble.empty(), 0)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("recording s3://b/a.npy of station 'Torino'")
                .hasMessageContaining("sample rate");
        Files.write(store.fetch(key(good)), java.util.Arrays.copyOf(Files.readAllBytes(store.fetch(key(good))), 5000));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> features.of(good))
                .withMessageContaining("cut off")
                .satisfies(fault -> {
                    assertThat(fault.mayPassLater()).isFalse();
                    assertThat(fault.subject()).isEqualTo("s3://b/a.npy");
                });
        store.delete(key(good));
        assertThatThrownBy(() -> features.of(good))
                .isInstanceOf(DatasetException.class)
                .matches(fault -> !((DatasetException) fault).mayPassLater())
                .hasMessageContaining("s3://b/a.npy");
        assertThatThrownBy(() ->
                        features(FeatureParameters.of(false).withFrames(8)).of(measurement("b.npy", noise(1), 1, 0)))
                .hasMessageContaining("complex");
    }

    @Test
    void aNetworksInputHasAFixedSize() {
        assertThat(features.size()).isEqualTo(16 * 8);
        assertThatThrownBy(() -> features(SMALL.withFrames(FeatureParameters.ALL_FRAMES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fixed number of frames");
    }
}
