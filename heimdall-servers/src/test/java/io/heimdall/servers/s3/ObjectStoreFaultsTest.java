package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.servers.testing.ChildJvm;
import io.heimdall.servers.testing.FaultyLine;
import io.heimdall.servers.testing.FaultyLine.Fault;
import io.heimdall.servers.testing.FaultyLine.Way;
import io.heimdall.servers.testing.S3Server;
import io.heimdall.servers.testing.SideBySide;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bad line or a bad server costs: time, and nothing else; most of it is waited for, so the tests run side by side. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class ObjectStoreFaultsTest {

    private static final int SIZE = 3 << 20;
    private static final AtomicInteger TESTS = new AtomicInteger();

    /** In a bucket that no other test has. */
    private final ObjectKey key = new ObjectKey("faults-" + TESTS.incrementAndGet(), "sessions/s/recording.npy");

    @TempDir
    Path directory;

    private FaultyLine line;
    private MinioObjectStore store;
    private MinioObjectStore direct;

    @BeforeEach
    void connect() throws Exception {
        S3Server server = S3Server.shared();
        line = new FaultyLine(server.settings().endpoint().getPort());
        store = MinioObjectStore.open(server.through(line), directory.resolve("cache"), 1 << 30);
        direct = MinioObjectStore.open(server.settings(), directory.resolve("direct"), 1 << 30);
        direct.put(key, new ByteArrayInputStream(content(SIZE)));
    }

    @AfterEach
    void disconnect() throws Exception {
        store.close();
        direct.close();
        line.close();
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "TRUNCATED", "STALLED"})
    void aDownloadThatIsCutGoesOnWhereItStood(Fault fault) throws Exception {
        line.arm(fault, Way.TO_CLIENT, 1 << 20, 3);
        try (InputStream in = store.open(key)) {
            assertThat(in.readAllBytes()).isEqualTo(content(SIZE));
        }
        // A megabyte came through before each fault, so three faults are only possible if nothing was sent twice.
        assertThat(line.struck()).isBetween(2, 3);
        assertThat(line.connections()).isLessThanOrEqualTo(5);
        line.arm(fault, Way.TO_CLIENT, 1 << 20, 2);
        assertThat(store.fetch(key)).hasBinaryContent(content(SIZE));
        assertThat(line.struck()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "TRUNCATED", "HALF_CLOSED", "STALLED"})
    void anUploadThatIsCutIsMadeAgain(Fault fault) throws Exception {
        Path file = Files.write(directory.resolve("new"), content(SIZE + 1));
        line.arm(fault, Way.TO_SERVER, 1 << 20, 2);
        store.put(key, file);
        assertThat(line.struck()).isEqualTo(2);
        assertThat(direct.fetch(key)).hasSameBinaryContentAs(file);
    }

    @Test
    void anUploadInPartsThatIsCutLeavesTheOldObjectUntilItIsWhole() throws Exception {
        Path file = Files.write(directory.resolve("model"), content(20 << 20));
        line.arm(Fault.RESET, Way.TO_SERVER, 3 << 20, 1_000); // no part of 8 MB comes through
        assertThatThrownBy(() -> store.put(key, file)).isInstanceOf(IOException.class);
        assertThat(direct.fetch(key)).hasBinaryContent(content(SIZE));
        line.arm(Fault.RESET, Way.TO_SERVER, 12 << 20, 1);
        store.put(key, file);
        assertThat(line.struck()).isEqualTo(1);
        assertThat(direct.sha256(key)).isEqualTo(store.sha256(key));
        assertThat(direct.size(key)).isEqualTo(20 << 20);
    }

    @Test
    void aSlowLineIsWaitedFor() throws Exception {
        direct.put(key, new ByteArrayInputStream(content(6_000)));
        line.arm(Fault.SLOW, Way.TO_CLIENT, 1_000, 1);
        assertThat(store.fetch(key)).hasBinaryContent(content(6_000));
        assertThat(line.struck()).isEqualTo(1);
    }

    @Test
    void aServerThatIsAwayForAWhileIsWaitedFor() throws Exception {
        line.down();
        Thread back = new Thread(() -> {
            try {
                Thread.sleep(1_500);
                line.up();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        back.start();
        assertThat(store.fetch(key)).hasBinaryContent(content(SIZE));
        back.join();
    }

    @Test
    void whatCannotBeReachedIsNamedWithWhatWasTried() throws Exception {
        line.down();
        long start = System.nanoTime();
        for (Throwable fault : SideBySide.faults(List.of(
                () -> store.fetch(key),
                () -> store.open(key).close(),
                () -> store.put(key, new ByteArrayInputStream(content(9))),
                () -> store.list(key.bucket(), ""),
                () -> store.delete(key)))) {
            assertThat(fault)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the object store http://127.0.0.1:" + line.port())
                    .hasMessageContaining("is it running")
                    .hasMessageContaining("tried ");
            assertThat(everythingItSays(fault))
                    .doesNotContain(S3Server.shared().settings().secretKey());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(4));
        assertThat(directory.resolve("cache/incoming")).isEmptyDirectory();
        assertThat(direct.fetch(key)).hasBinaryContent(content(SIZE));
    }

    @Test
    void aServerThatOnlyStallsIsGivenUpInTime() throws Exception {
        line.arm(Fault.STALLED, Way.TO_CLIENT, 0, Integer.MAX_VALUE);
        long start = System.nanoTime();
        for (Throwable fault : SideBySide.faults(List.of(() -> store.size(key), () -> store.fetch(key)))) {
            assertThat(fault)
                    .isInstanceOf(ObjectStoreException.class)
                    .matches(told -> ((ObjectStoreException) told).mayPassLater())
                    .hasMessageContaining("tried ");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(3));
    }

    private static String everythingItSays(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void wrongKeysAreNotTriedAgain() throws Exception {
        S3Settings right = S3Server.shared().settings();
        S3Settings wrong = S3Settings.of(right.endpoint().toString(), right.accessKey(), "wrong-secret-99");
        try (MinioObjectStore refused = MinioObjectStore.open(wrong, directory.resolve("wrong"), 0)) {
            Throwable fault = catchThrowable(() -> refused.fetch(key));
            assertThat(fault)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
                    .hasMessageContaining("tried once");
            assertThat(everythingItSays(fault)).doesNotContain("wrong-secret-99");
            assertThatThrownBy(() -> refused.put(key, new ByteArrayInputStream(content(9))))
                    .hasMessageContaining("tried once");
        }
        assertThat(direct.fetch(key)).hasBinaryContent(content(SIZE));
    }

    @Test
    void anObjectThatIsReplacedWhileItIsReadIsNotMixed() throws Exception {
        line.arm(Fault.RESET, Way.TO_CLIENT, 1 << 20, 1);
        try (InputStream in = store.open(key)) {
            in.readNBytes(1_000);
            direct.put(key, new ByteArrayInputStream(content(SIZE + 5)));
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was replaced while it was read");
        }
    }

    @Test
    void damageOnTheServerIsFound() throws Exception {
        // Another program's object that says it has another content: as if a disk had turned a bit.
        var client = io.minio.MinioClient.builder()
                .endpoint(direct.toString())
                .credentials(
                        S3Server.shared().settings().accessKey(),
                        S3Server.shared().settings().secretKey())
                .build();
        byte[] bytes = content(2_000);
        client.putObject(io.minio.PutObjectArgs.builder()
                .bucket(key.bucket())
                .object("damaged")
                .userMetadata(java.util.Map.of("sha256", "0".repeat(64)))
                .data(bytes, bytes.length)
                .build());
        assertThatThrownBy(() -> direct.fetch(new ObjectKey(key.bucket(), "damaged")))
                .isInstanceOf(ObjectStoreException.class)
                .matches(told -> !((ObjectStoreException) told).mayPassLater())
                .hasMessageContaining(key.bucket() + "/damaged is damaged")
                .hasMessageContaining("expected 0000");
        assertThat(directory.resolve("direct/incoming")).isEmptyDirectory();
    }

    @Test
    void aFullDiskBelowTheCacheIsNamedAndLeavesNothingHalf() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        S3Settings server = S3Server.shared().settings();
        String said = ChildJvm.run(
                S3Server.onSmallDisk(2, mount),
                List.of(),
                FetchOntoSmallDisk.class,
                mount.toString(),
                server.endpoint().toString(),
                server.accessKey(),
                server.secretKey(),
                key.toString());
        assertThat(said)
                .contains(key + " does not fit into the cache " + mount)
                .contains("make room there")
                .contains("files left: 0");
    }

    @Test
    void aFullDiskBelowTheServerLeavesTheOldObject() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("served"));
        try (S3Server server = S3Server.withDiskOf(4, mount);
                MinioObjectStore full = MinioObjectStore.open(
                        server.settings().withTimeout(Duration.ofSeconds(5)), directory.resolve("c"), 1 << 30)) {
            full.put(key, new ByteArrayInputStream(content(1 << 20)));
            assertThatThrownBy(() -> full.put(key, new ByteArrayInputStream(content(7 << 20))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("failed at storing " + key);
            assertThat(full.fetch(key)).hasBinaryContent(content(1 << 20));
            assertThat(full.list(key.bucket(), "")).containsExactly(key);
        }
    }
}
