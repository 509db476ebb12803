package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.ObjectStoreContract;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.servers.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStoreTest extends ObjectStoreContract {

    @TempDir
    Path directory;

    private MinioObjectStore store;

    @Override
    protected ObjectStore openEmpty() throws Exception {
        store = MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30);
        for (String bucket : List.of("bucket", "other")) {
            for (ObjectKey key : store.list(bucket, "")) {
                store.delete(key);
            }
        }
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("bucket", name);
    }

    @Test
    void largeFilesGoInPartsAndComeBackWhole() throws Exception {
        Path file = Files.write(directory.resolve("model"), content((20 << 20) + 12_345));
        store.put(key("model.onnx"), file);
        assertThat(store.size(key("model.onnx"))).isEqualTo(Files.size(file));
        assertThat(store.fetch(key("model.onnx"))).hasSameBinaryContentAs(file);
        try (InputStream in = store.open(key("model.onnx"))) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void aFetchedObjectComesFromTheDiskTheSecondTimeAndInTheNextProcess() throws Exception {
        store.put(key("a/one"), new ByteArrayInputStream(content(50_000)));
        Path first = store.fetch(key("a/one"));
        Object inode = Files.getAttribute(first, "unix:ino");
        assertThat(Files.getAttribute(store.fetch(key("a/one")), "unix:ino")).isEqualTo(inode);
        try (MinioObjectStore next =
                MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30)) {
            assertThat(Files.getAttribute(next.fetch(key("a/one")), "unix:ino")).isEqualTo(inode);
            store.put(key("a/one"), new ByteArrayInputStream(content(50_001)));
            assertThat(store.fetch(key("a/one"))).hasBinaryContent(content(50_001));
        }
        try (MinioObjectStore next =
                MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30)) {
            assertThat(next.fetch(key("a/one"))).hasBinaryContent(content(50_001));
        }
    }

    @Test
    void anotherProgramsObjectIsComparedWithItsEtag() throws Exception {
        ObjectKey foreign = key("sessions/python/websdr_1.npy");
        store.put(key("any"), new ByteArrayInputStream(content(1))); // makes the bucket
        var client = io.minio.MinioClient.builder()
                .endpoint(store.toString())
                .credentials(
                        S3Server.shared().settings().accessKey(),
                        S3Server.shared().settings().secretKey())
                .build();
        client.putObject(io.minio.PutObjectArgs.builder()
                .bucket(foreign.bucket())
                .object(foreign.key())
                .data(content(70_000), 70_000)
                .build());
        byte[] bytes = content(70_000);
        assertThat(store.fetch(foreign)).hasBinaryContent(content(70_000));
        assertThat(store.sha256(foreign))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content(70_000))));
        try (InputStream in = store.open(foreign)) {
            for (int i = 0; i < 300; i++) {
                assertThat(in.read()).isEqualTo(bytes[i] & 0xff);
            }
            assertThat(in.readAllBytes()).hasSize(69_700);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void theCacheKeepsToItsLimit() throws Exception {
        Path cache = directory.resolve("small");
        try (MinioObjectStore small =
                MinioObjectStore.open(S3Server.shared().settings(), cache, 100_000, Duration.ZERO)) {
            for (int i = 0; i < 20; i++) {
                small.put(key("f" + i), new ByteArrayInputStream(content(30_000 + i)));
                small.fetch(key("f" + i));
                assertThat(bytes(cache)).isLessThanOrEqualTo(101_000);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(small.fetch(key("f" + i))).hasBinaryContent(content(30_000 + i));
            }
        }
        assertThat(cache.resolve("incoming")).isEmptyDirectory();
        try (MinioObjectStore reopened =
                MinioObjectStore.open(S3Server.shared().settings(), cache, 40_000, Duration.ZERO)) {
            assertThat(reopened.exists(key("f19"))).isTrue();
            assertThat(bytes(cache)).isLessThanOrEqualTo(41_000);
            assertThat(reopened.fetch(key("f0"))).hasBinaryContent(content(30_000));
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    @Test
    void aFileThatWasDamagedInTheCacheIsFetchedAnew() throws Exception {
        store.put(key("d"), new ByteArrayInputStream(content(1_000)));
        Path file = store.fetch(key("d"));
        Files.write(file, new byte[10]);
        assertThat(store.fetch(key("d"))).hasBinaryContent(content(1_000));
    }

    @Test
    void theChecksumTravelsWithTheObject() throws Exception {
        store.put(key("sum"), new ByteArrayInputStream("abc".getBytes()));
        assertThat(store.sha256(key("sum")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        try (MinioObjectStore narrow = MinioObjectStore.open(
                S3Server.shared().settings().withConnections(1), directory.resolve("narrow"), 1 << 30)) {
            IntStream.range(0, 40).parallel().forEach(i -> {
                try {
                    narrow.put(key("p" + i % 8), new ByteArrayInputStream(content(9_000 + i % 8)));
                    assertThat(narrow.fetch(key("p" + i % 8))).isNotNull();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < 8; i++) {
                assertThat(narrow.fetch(key("p" + i))).hasBinaryContent(content(9_000 + i));
            }
        }
    }

    @Test
    void aMissingBucketIsCreatedOnlyIfThatIsAllowed() throws Exception {
        ObjectKey fresh = new ObjectKey("b" + UUID.randomUUID(), "k");
        try (MinioObjectStore strict = MinioObjectStore.open(
                S3Server.shared().settings().withCreateBuckets(false), directory.resolve("strict"), 1 << 30)) {
            assertThatThrownBy(() -> strict.put(fresh, new ByteArrayInputStream(content(5))))
                    .isInstanceOf(ObjectStoreException.class)
                    .matches(told -> !((ObjectStoreException) told).mayPassLater())
                    .matches(told -> ((ObjectStoreException) told).subject().equals(fresh.toString()))
                    .hasMessageContaining(fresh.toString())
                    .hasMessageContaining("create the bucket, or allow that buckets are created");
            assertThat(strict.exists(fresh)).isFalse();
        }
        store.put(fresh, new ByteArrayInputStream(content(5)));
        assertThat(store.fetch(fresh)).hasBinaryContent(content(5));
    }

    @Test
    void settingsSayWhatIsWrongAndKeepTheSecret() {
        assertThatThrownBy(() -> S3Settings.of("ftp://h", "a", "b")).hasMessageContaining("http://host:port");
        assertThatThrownBy(() -> S3Settings.of("http://h/path", "a", "b")).hasMessageContaining("'http://h/path'");
        assertThatThrownBy(() -> S3Settings.of("http://me:pw7@h", "a", "b"))
                .hasMessageContaining("holds a user or password")
                .hasMessageNotContaining("pw7");
        assertThatThrownBy(() -> S3Settings.of("http://h", "", "b")).hasMessageContaining("AWS_ACCESS_KEY_ID");
        S3Settings good = S3Settings.of("https://h", "access7", "secret7");
        assertThat(good.toString())
                .doesNotContain("secret7")
                .doesNotContain("access7")
                .contains("https://h");
        assertThatThrownBy(() -> good.withConnections(0)).hasMessageContaining("connections 0");
        assertThat(S3Settings.parse(Map.of("AWS_ACCESS_KEY_ID", "a"))).isEmpty();
        S3Settings read = S3Settings.parse(Map.of(
                        "HEIMDALL_S3_ENDPOINT",
                        "http://h:9000",
                        "AWS_ACCESS_KEY_ID",
                        "a",
                        "AWS_SECRET_ACCESS_KEY",
                        "geheim",
                        "AWS_REGION",
                        "eu-south-1"))
                .orElseThrow();
        assertThat(read.region()).contains("eu-south-1");
        assertThat(read.secretKey()).isEqualTo("geheim");
        assertThat(read.toString()).doesNotContain("geheim");
        assertThatThrownBy(() -> good.withTimeout(Duration.ZERO)).hasMessageContaining("less than 1 s");
    }
}
