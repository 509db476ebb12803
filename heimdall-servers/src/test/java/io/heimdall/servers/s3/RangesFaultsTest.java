package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.ObjectSource;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.heimdall.servers.testing.FaultyLine;
import io.heimdall.servers.testing.FaultyLine.Fault;
import io.heimdall.servers.testing.FaultyLine.Way;
import io.heimdall.servers.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bad line or a bad server costs those who read a recording by ranges: time, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class RangesFaultsTest {
    private static final int SAMPLES = 1_500_000; // 12 MB, six blocks
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final ObjectKey key = new ObjectKey("ranges-faults-" + TESTS.incrementAndGet(), "sessions/s/recording.npy");

    @TempDir
    Path directory;

    private FaultyLine line;
    private MinioObjectStore store;
    private MinioObjectStore direct;
    private float[] iq;

    @BeforeEach
    void connect() throws Exception {
        S3Server server = S3Server.shared();
        line = new FaultyLine(server.settings().endpoint().getPort());
        store = MinioObjectStore.open(server.through(line), directory.resolve("cache"), 1 << 30);
        direct = MinioObjectStore.open(server.settings(), directory.resolve("direct"), 1 << 30);
        put(1);
    }

    private void put(int seed) throws IOException {
        Random random = new Random(seed);
        iq = new float[2 * SAMPLES];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = random.nextFloat();
        }
        Path file = directory.resolve("recording.npy");
        NpyWriter.writeComplex(file, iq);
        direct.put(key, file);
    }

    @AfterEach
    void disconnect() throws Exception {
        store.close();
        direct.close();
        line.close();
    }

    private static float[] samples(MinioObjectStore store, ObjectKey key) throws IOException {
        ObjectSource source = ObjectSource.of(store.ranges().orElseThrow(), key);
        try (Recording recording =
                Recordings.open(source, ReadOptions.defaults().withSampleRateHz(1e6))) {
            float[] read = new float[2 * SAMPLES];
            for (int at = 0; at < SAMPLES; at += 10_000) {
                assertThat(recording.read(at, read, 2 * at, 10_000)).isEqualTo(10_000);
            }
            return read;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "TRUNCATED", "STALLED"})
    void aRecordingIsReadThroughCutsWithoutACopyOnTheDisk(Fault fault) throws Exception {
        line.arm(fault, Way.TO_CLIENT, 1 << 20, 5);
        assertThat(samples(store, key)).isEqualTo(iq);
        assertThat(line.struck()).isBetween(3, 5);
        try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aServerThatGoesAwayMidwayIsNamedWithTheByte() throws Exception {
        ObjectSource source = ObjectSource.of(store.ranges().orElseThrow(), key);
        try (Recording recording = Recordings.open(source, ReadOptions.defaults())) {
            float[] read = new float[20_000];
            assertThat(recording.read(0, read, 0, 10_000)).isEqualTo(10_000);
            line.down();
            assertThatThrownBy(() -> recording.read(1_400_000, read, 0, 10_000))
                    .isInstanceOf(ObjectStoreException.class)
                    .matches(told -> ((ObjectStoreException) told).mayPassLater())
                    .hasMessageContaining("failed at reading " + key + " at byte 10485760")
                    .hasMessageContaining("is it running")
                    .hasMessageContaining("tried ");
            line.up();
            assertThat(recording.read(1_400_000, read, 0, 10_000)).isEqualTo(10_000);
            assertThat(read[0]).isEqualTo(iq[2_800_000]);
        }
    }

    @Test
    void aRecordingThatIsReplacedIsNotMixedAndReadAgainIsTheNewOne() throws Exception {
        ObjectSource source = ObjectSource.of(store.ranges().orElseThrow(), key);
        try (Recording recording = Recordings.open(source, ReadOptions.defaults())) {
            put(2);
            assertThatThrownBy(() -> recording.read(1_400_000, new float[20], 0, 10))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessage(key + " was replaced while it was read; read it again");
        }
        assertThat(samples(store, key)).isEqualTo(iq);
    }

    @Test
    void whatTheCacheHasIsReadFromIt() throws Exception {
        store.fetch(key);
        int connections = line.connections();
        assertThat(samples(store, key)).isEqualTo(iq);
        assertThat(line.connections()).isEqualTo(connections);
        line.down();
        assertThat(samples(store, key)).isEqualTo(iq);
    }

    @Test
    void whatIsNotThereIsNamed() {
        ObjectKey missing = key.sibling("missing.npy");
        ObjectSource source = ObjectSource.of(direct.ranges().orElseThrow(), missing);
        assertThatThrownBy(() -> Recordings.open(source, ReadOptions.defaults()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": no such recording");
        assertThatThrownBy(() -> Recordings.open(source, ReadOptions.defaults().withFormat("npy")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": no such recording");
    }

    @Test
    void aVersionThatIsGoneIsNotRead() throws Exception {
        direct.put(key.sibling("a"), new ByteArrayInputStream(new byte[9]));
        ObjectVersion version = store.ranges().orElseThrow().version(key.sibling("a"));
        assertThat(version.sha256()).isEqualTo(Optional.of(direct.sha256(key.sibling("a"))));
        direct.delete(key.sibling("a"));
        try (SeekableByteChannel gone = store.ranges().orElseThrow().open(version)) {
            assertThatThrownBy(() -> gone.read(java.nio.ByteBuffer.allocate(1)))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(key.sibling("a").toString());
        }
    }
}
