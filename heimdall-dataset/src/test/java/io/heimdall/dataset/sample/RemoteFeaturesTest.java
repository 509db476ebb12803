package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ObjectSource;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.SigmfFiles;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.MelScale;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of recordings on a server: by ranges where that suffices, and with the features of local files. */
class RemoteFeaturesTest {
    private static final FeatureParameters SMALL = FeatureParameters.network()
            .withFftLength(256)
            .withHopSamples(64)
            .withMels(16)
            .withFrames(8);
    private static final ObjectKey KEY = new ObjectKey("b", "sessions/s/a.npy");

    @TempDir
    Path directory;

    private ObjectStore store;
    private FeatureCache cache;
    private float[] iq;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(directory.resolve("store"));
        cache = new FeatureCache(directory.resolve("cache"));
        Random random = new Random(1);
        iq = new float[6000];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) (0.1 * random.nextGaussian());
        }
        NpyWriter.writeComplex(directory.resolve("a.npy"), iq);
        store.put(KEY, directory.resolve("a.npy"));
    }

    private RecordingFeatures features(ObjectFiles objects) {
        return new RecordingFeatures(objects, SMALL, cache);
    }

    private static Measurement measurement(ObjectKey key) {
        return Measurement.recorded(
                Sessions.measurement("s", "Torino").station(), Recorded.at(key).as(format(key), 12_000), -60);
    }

    private static String format(ObjectKey key) {
        return key.name().endsWith("npy") ? "npy" : "sigmf";
    }

    private float[] local(Measurement measurement) {
        return new RecordingFeatures(store, SMALL, FeatureCache.none()).of(measurement);
    }

    @Test
    void anObjectOfKnownDigestIsReadOnceByRanges() {
        RemoteObjects remote = RemoteObjects.of(store, true);
        assertThat(features(remote).of(measurement(KEY))).isEqualTo(local(measurement(KEY)));
        assertThat(features(remote).of(measurement(KEY))).isEqualTo(local(measurement(KEY)));
        assertThat(remote.asked()).containsExactly("open a.npy"); // the second time from the cache, without a byte
    }

    @Test
    void theCacheServesLocalAndRemoteObjectsAlike() {
        features(store).of(measurement(KEY));
        RemoteObjects remote = RemoteObjects.of(store, true);
        features(remote).of(measurement(KEY));
        assertThat(remote.asked()).isEmpty();
    }

    @Test
    void anObjectOfUnknownDigestIsFetched() {
        RemoteObjects remote = RemoteObjects.of(store, false);
        assertThat(features(remote).of(measurement(KEY))).isEqualTo(local(measurement(KEY)));
        assertThat(remote.asked()).containsExactly("fetch a.npy");
    }

    @Test
    void aRecordingThatIsComparedWithOthersIsFetched() {
        RemoteObjects remote = RemoteObjects.of(store, true);
        features(remote).of(measurement(KEY).at(Sessions.START).withClockSigma(1e-7));
        assertThat(remote.asked()).containsExactly("fetch a.npy");
    }

    @Test
    void aPairIsFetchedForItsDigestAndReadByRangesWithoutOne() throws IOException {
        ObjectKey meta = KEY.sibling("p.sigmf-meta");
        SigmfFiles.pair(directory.resolve("p"), 77_500, new long[] {0}, iq);
        store.put(meta, directory.resolve("p.sigmf-meta"));
        store.put(KEY.sibling("p.sigmf-data"), directory.resolve("p.sigmf-data"));
        RemoteObjects remote = RemoteObjects.of(store, true);
        assertThat(features(remote).of(measurement(meta))).isEqualTo(local(measurement(meta)));
        assertThat(remote.asked()).containsExactly("fetch p.sigmf-data", "fetch p.sigmf-meta");
        remote.asked().clear();
        try (Recording recording = Recordings.open(Recorded.at(meta).source(remote), ReadOptions.defaults())) {
            float[] read = new float[iq.length];
            assertThat(recording.read(0, read, 0, iq.length / 2)).isEqualTo(iq.length / 2);
            assertThat(read).isEqualTo(iq);
        }
        assertThat(remote.asked()).containsExactly("open p.sigmf-meta", "open p.sigmf-data");
    }

    private ObjectKey pair(String name, float[] samples) throws IOException {
        SigmfFiles.pair(directory.resolve("p"), 77_500, new long[] {0}, samples);
        store.put(KEY.sibling(name + ".SIGMF-META"), directory.resolve("p.sigmf-meta"));
        store.put(KEY.sibling(name + ".SIGMF-DATA"), directory.resolve("p.sigmf-data"));
        return KEY.sibling(name + ".SIGMF-META");
    }

    @Test
    void recordingsOfEqualMetadataHaveTheirOwnFeatures() throws IOException {
        float[] louder = iq.clone();
        for (int i = 0; i < louder.length; i++) {
            louder[i] *= 2;
        }
        Measurement first = measurement(pair("first", iq));
        Measurement second = measurement(pair("second", louder));
        for (ObjectFiles objects : List.of(store, RemoteObjects.of(store, true))) {
            assertThat(features(objects).of(first)).isEqualTo(local(first));
            assertThat(features(objects).of(second)).isEqualTo(local(second)).isNotEqualTo(local(first));
        }
    }

    @Test
    void changedMetadataOfNamedSamplesGiveOtherFeatures() throws IOException {
        pair("x", iq);
        Measurement data = measurement(KEY.sibling("x.SIGMF-DATA"));
        for (ObjectFiles objects : List.of(store, RemoteObjects.of(store, true))) {
            pair("x", iq);
            float[] before = features(objects).of(data);
            store.put(
                    KEY.sibling("x.SIGMF-META"),
                    new ByteArrayInputStream(Files.readString(directory.resolve("p.sigmf-meta"))
                            .replace("cf32_le", "ci16_le")
                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(features(objects).of(data)).isEqualTo(local(data)).isNotEqualTo(before);
        }
    }

    @Test
    void theTextBesideAPortaPackRecordingCountsWhereTheCatalogueHasNoRate() throws IOException {
        ObjectKey key = KEY.sibling("BBD_1.C16");
        byte[] bytes = new byte[40_000];
        new Random(2).nextBytes(bytes);
        store.put(key, new ByteArrayInputStream(bytes));
        Measurement heard =
                Measurement.recorded(Sessions.measurement("s", "Torino").station(), Recorded.at(key), -60);
        FeatureParameters hertz = SMALL.withScale(MelScale.SLANEY);
        for (ObjectFiles objects : List.of(store, RemoteObjects.of(store, true))) {
            float[][] found = new float[2][];
            for (int i = 0; i < 2; i++) {
                store.put(
                        key.sibling("BBD_1.TXT"),
                        new ByteArrayInputStream(("sample_rate=" + (i + 1) * 50_000).getBytes(StandardCharsets.UTF_8)));
                found[i] = new RecordingFeatures(objects, hertz, cache).of(heard);
                assertThat(found[i]).isEqualTo(new RecordingFeatures(store, hertz, FeatureCache.none()).of(heard));
            }
            assertThat(found[1]).isNotEqualTo(found[0]);
        }
        RemoteObjects remote = RemoteObjects.of(store, true);
        features(remote)
                .of(Measurement.recorded(heard.station(), Recorded.at(key).as("cs16", 50_000), -60));
        assertThat(remote.asked()).noneMatch(asked -> asked.startsWith("fetch"));
    }

    @Test
    void featuresOfDamagedBytesAreNotKept() throws IOException {
        DamagedObjects damaged = new DamagedObjects(RemoteObjects.of(store, true));
        assertThatThrownBy(() -> features(damaged).of(measurement(KEY)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("it is damaged");
        assertThat(cache.count()).isZero();
    }

    @Test
    void faultsNameTheObject() throws IOException {
        ObjectKey broken = KEY.sibling("broken.npy");
        store.put(broken, new ByteArrayInputStream("no array".getBytes(StandardCharsets.UTF_8)));
        RemoteObjects remote = RemoteObjects.of(store, true);
        assertThatThrownBy(() -> features(remote).of(measurement(broken)))
                .isInstanceOf(DatasetException.class)
                .hasCauseInstanceOf(RecordingFormatException.class)
                .hasMessageContaining(broken + ": found ");
        assertThatThrownBy(() -> features(remote).of(measurement(KEY.sibling("missing.npy"))))
                .isInstanceOf(DatasetException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        ObjectSource missing = ObjectSource.of(remote, KEY.sibling("missing.npy"));
        assertThat(missing.exists()).isFalse();
        assertThat(missing.file()).isEmpty();
        assertThatThrownBy(missing::open).hasMessage(missing + ": no such recording");
        assertThatThrownBy(() -> missing.beside("a/b"))
                .hasMessage(missing + ": found a file name a/b, expected one that an object can have");
    }
}
