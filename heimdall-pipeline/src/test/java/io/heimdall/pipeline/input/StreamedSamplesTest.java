package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.OrderedWork;
import io.heimdall.files.Sha256;
import io.heimdall.model.Batch;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.input.Assembler.Spectrograms;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Epochs that read the shards of a feature store one after the other, without any recordings. */
class StreamedSamplesTest {
    private static final FeatureParameters SMALL =
            FeatureParameters.network().withMels(4).withFrames(4);
    private static final PlaneScale SCALE = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(1000));
    private static final List<String> STATIONS = List.of("Aquila", "Genova", "Torino");
    private static final int SESSIONS = 120;
    private static final int PER_SHARD = 6;
    private static final int RECORDINGS = PER_SHARD * 3;

    @TempDir
    Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private final OrderedWork workers = new OrderedWork("w", 3);
    private final List<Session> sessions = new ArrayList<>();
    private RecordingFeatures features;

    /** Objects on a server that knows their digests, and has lost them. */
    private final class LostObjects implements ObjectFiles, ObjectRanges {
        @Override
        public Path fetch(ObjectKey key) throws IOException {
            throw new NoSuchFileException(key.toString());
        }

        @Override
        public Optional<ObjectRanges> ranges() {
            return Optional.of(this);
        }

        @Override
        public ObjectVersion version(ObjectKey key) {
            asked.incrementAndGet();
            return new ObjectVersion(key, "1", 1, Optional.of(digest(key)));
        }

        @Override
        public SeekableByteChannel open(ObjectVersion version) throws IOException {
            throw new NoSuchFileException(version.key().toString());
        }

        @Override
        public ObjectKey beside(ObjectKey key, String name) {
            return key;
        }
    }

    private static String digest(ObjectKey key) {
        return HexFormat.of().formatHex(Sha256.digest().digest(key.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Session session(int number) {
        List<Measurement> measurements = new ArrayList<>();
        for (String station : STATIONS) {
            ObjectKey key = new ObjectKey("b", number + "/" + station + ".npy");
            measurements.add(Measurement.recorded(
                    new Station(station, new GeoPoint(45, 7)),
                    Recorded.at(key).as("npy", 12_000).calibrated(number % 5),
                    0));
        }
        return new Session(
                "s" + number,
                "source",
                Optional.of(new GeoPoint(45 + 0.001 * number, 8)),
                145_000_000,
                true,
                Optional.empty(),
                measurements);
    }

    private static Session heardWithoutRecordings(int number) {
        Session session = session(number);
        return session.heardBy(session.measurements().stream()
                .map(measurement -> Measurement.level(measurement.station(), -60))
                .toList());
    }

    private void store(int from, int end) throws IOException {
        try (FeatureStore store = FeatureStores.directory(directory)) {
            for (int number = from; number < end; number++) {
                for (Measurement measurement : sessions.get(number).measurements()) {
                    Recorded recorded = measurement.recorded().orElseThrow();
                    float[] values = new float[16];
                    Random random = new Random(recorded.key().hashCode());
                    for (int i = 0; i < values.length; i++) {
                        values[i] = -100 * random.nextFloat();
                    }
                    store.put(FeatureKey.of(digest(recorded.key()), recorded, SMALL), values);
                }
            }
        }
    }

    @BeforeEach
    void write() throws IOException {
        IntStream.range(0, SESSIONS + 1).forEach(number -> sessions.add(session(number)));
        for (int from = 0; from < SESSIONS; from += PER_SHARD) {
            store(from, from + PER_SHARD);
        }
        features = features().rememberingKeys();
    }

    private RecordingFeatures features() {
        return new RecordingFeatures(new LostObjects(), SMALL, FeatureCache.over(FeatureStores.directory(directory)));
    }

    @AfterEach
    void end() {
        workers.close();
    }

    private Assembler assembler(String producer, List<Session> training) {
        RunningStatistics statistics = new RunningStatistics();
        statistics.add(new float[] {-90, -10}, 0, 2);
        return Producers.named(producer).fit(training, statistics, SCALE, features);
    }

    private SessionSamples samples(String producer, List<Session> some) {
        Assembler assembler = assembler(producer, some);
        List<Observation> observations = some.stream()
                .flatMap(session -> assembler.observations(session).stream())
                .toList();
        return new SessionSamples(observations, assembler, workers, SCALE, Augmentation.DEFAULT);
    }

    private static EpochBlocks blocks(SessionSamples samples) {
        return EpochBlocks.ofShards(
                samples.observations(), samples.assembler().spectrograms().orElseThrow(), RECORDINGS);
    }

    private static List<Batch> all(SessionSamples samples, int[] order) {
        try (BatchCursor cursor = samples.open(order, 8, 5)) {
            return cursor.next(Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stations", "single-receiver", "station-set"})
    void areTheSamplesThatReadTheirOwnSpectrograms(String producer) {
        SessionSamples plain = samples(producer, sessions.subList(0, SESSIONS));
        SessionSamples streamed = plain.streamed(blocks(plain));
        int[] order = streamed.order().of(plain.size(), 3, 1);
        assertEqual(all(streamed, order), all(plain, order));
        int[] identity = IntStream.range(0, plain.size()).toArray();
        assertEqual(all(plain.readAhead(), identity), all(plain, identity));
        assertEqual(all(streamed, identity), all(plain, identity));
        assertThat(streamed.fingerprint()).isNotEqualTo(plain.fingerprint()).contains(" in 20 blocks");
        assertThat(plain.recordings()).isEqualTo(3L * SESSIONS);
    }

    private static void assertEqual(List<Batch> batches, List<Batch> expected) {
        assertThat(batches).hasSameSizeAs(expected);
        for (int i = 0; i < batches.size(); i++) {
            assertThat(batches.get(i).sessionIds()).isEqualTo(expected.get(i).sessionIds());
            assertThat(batches.get(i).targets().values())
                    .isEqualTo(expected.get(i).targets().values());
            Batch other = expected.get(i);
            batches.get(i)
                    .inputs()
                    .forEach((name, tensor) -> assertThat(tensor.values())
                            .as(name)
                            .isEqualTo(other.inputs().get(name).values()));
        }
    }

    @Test
    void sessionsOfAShardAreInOneBlock() {
        EpochBlocks blocks = blocks(samples("stations", sessions.subList(0, SESSIONS)));
        assertThat(blocks.shards()).hasSize(SESSIONS / PER_SHARD).allMatch(shards -> shards.size() == 1);
        for (int number = 0; number < SESSIONS; number++) {
            assertThat(blocks.blocks()[number]).isEqualTo(blocks.blocks()[number - number % PER_SHARD]);
        }
    }

    @Test
    void smallShardsShareABlockAndALargeOneIsCut() {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        Spectrograms spectrograms = samples.assembler().spectrograms().orElseThrow();
        EpochBlocks wide = EpochBlocks.ofShards(samples.observations(), spectrograms, 2 * RECORDINGS + 1);
        assertThat(wide.shards()).hasSize(10).allMatch(shards -> shards.size() == 2);
        EpochBlocks narrow = EpochBlocks.ofShards(samples.observations(), spectrograms, 7);
        assertThat(narrow.shards()).hasSize(60).allMatch(shards -> shards.size() == 1);
        assertThat(samples.shards().shards()).hasSize(1);
    }

    @Test
    void sessionsOfLevelsAloneAreInABlockThoughTheyReadNothing() {
        List<Session> mixed = new ArrayList<>(List.of(heardWithoutRecordings(SESSIONS + 1)));
        mixed.addAll(sessions.subList(0, 2 * PER_SHARD));
        mixed.add(heardWithoutRecordings(SESSIONS + 2));
        for (List<Session> some : List.of(mixed, mixed.subList(0, 1))) {
            SessionSamples plain = samples("station-set", some);
            SessionSamples streamed = plain.streamed(blocks(plain));
            assertThat(IntStream.of(streamed.blocks().orElseThrow().blocks()))
                    .hasSize(some.size())
                    .allMatch(block -> block >= 0);
            int[] order = streamed.order().of(plain.size(), 3, 1);
            assertEqual(all(streamed, order), all(plain, order));
            int[] identity = IntStream.range(0, plain.size()).toArray();
            assertEqual(all(plain.readAhead(), identity), all(plain, identity));
        }
    }

    @Test
    void theSpectrogramsOfTwoWindowsAreInMemoryAtMost() {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        EpochBlocks blocks = blocks(samples);
        int[] order = samples.streamed(blocks).order().of(SESSIONS, 1, 1);
        try (WindowReader reader = new WindowReader(
                EpochWindows.of(order, blocks),
                SESSIONS,
                n -> samples.observations().get(order[n]),
                samples.assembler().spectrograms().orElseThrow())) {
            for (int position = 0; position < SESSIONS; position++) {
                Assembler from = reader.at(position);
                from.learned(samples.observations().get(order[position]), Augmentation.NONE, 0);
                reader.done(position);
            }
            assertThat(reader.mostHeld()).isEqualTo(2 * EpochWindows.BLOCKS * PER_SHARD);
        }
    }

    @Test
    void recordingsAreAskedForOnceHoweverManyEpochsThereAre() {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        SessionSamples streamed = samples.streamed(blocks(samples));
        for (int epoch = 1; epoch < 4; epoch++) {
            all(streamed, streamed.order().of(SESSIONS, 3, epoch));
        }
        assertThat(asked.get()).isEqualTo(3 * SESSIONS);
    }

    @Test
    void aCompactionChangesNeitherOrderNorSamples() throws IOException {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        SessionSamples streamed = samples.streamed(blocks(samples));
        int[] order = streamed.order().of(SESSIONS, 3, 1);
        List<Batch> before = all(streamed, order);
        try (FeatureStore other = FeatureStores.directory(directory)) {
            assertThat(other.compact().shardsAfter()).isEqualTo(1);
        }
        features = features();
        SessionSamples later = samples("stations", sessions.subList(0, SESSIONS));
        assertEqual(all(later.streamed(blocks(samples)), order), before);
        assertEqual(all(streamed, order), before);
    }

    @Test
    void aFaultComesWhereItsBatchWouldHaveCome() {
        SessionSamples samples = samples("stations", sessions); // the last has no features
        SessionSamples streamed = samples.readAhead();
        int[] identity = IntStream.rangeClosed(0, SESSIONS).toArray();
        try (BatchCursor cursor = streamed.open(identity, 8, 1)) {
            assertThat(cursor.next(15)).hasSize(15);
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("session s120:");
        }
    }

    @Test
    void anEpochThatIsBrokenOffStopsItsReaders() throws InterruptedException {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        SessionSamples streamed = samples.streamed(blocks(samples));
        try (BatchCursor cursor = streamed.open(streamed.order().of(SESSIONS, 3, 1), 8, 1)) {
            assertThat(cursor.next().size()).isEqualTo(8);
        }
        assertNobodyReads();
    }

    @Test
    void anEpochThatCannotBeginStopsItsReaders() throws InterruptedException {
        SessionSamples samples = samples("stations", sessions.subList(0, SESSIONS));
        SessionSamples streamed = samples.streamed(blocks(samples));
        int[] order = streamed.order().of(SESSIONS, 3, 1);
        workers.close();
        assertThatThrownBy(() -> streamed.open(order, 8, 1)).isInstanceOf(RuntimeException.class);
        assertNobodyReads();
    }

    /** A thread lives for a moment after its pool has ended. */
    private static void assertNobodyReads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("feature-reader")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aNetworkThatKeepsStatisticsReadsNoSpectrograms() {
        Assembler set = assembler("station-set", sessions.subList(0, SESSIONS));
        assertThat(set.spectrograms()).isPresent();
        assertThat(set.reading(Networks.named("set").network(set.input())).spectrograms())
                .isEmpty();
        assertThat(set.reading(Networks.named("set-cnn").network(set.input())).spectrograms())
                .isPresent();
    }
}
