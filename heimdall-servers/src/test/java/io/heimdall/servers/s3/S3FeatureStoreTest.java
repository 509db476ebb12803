package io.heimdall.servers.s3;

import static io.heimdall.dataset.store.StoredFeatures.features;
import static io.heimdall.dataset.store.StoredFeatures.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStoreContract;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.S3Server;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of many small files costs requests; {@link S3ShardFilesTest} is quick. */
@Tag("slow")
class S3FeatureStoreTest extends FeatureStoreContract {
    private final ObjectKey folder = new ObjectKey("features", "store/" + UUID.randomUUID());

    @TempDir
    Path directory;

    private MinioObjectStore objects;

    @BeforeEach
    void connect() throws Exception {
        objects = MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30);
    }

    @AfterEach
    void close() throws IOException {
        for (ObjectKey key : objects.list(folder.bucket(), folder.key() + "/")) {
            objects.delete(key);
        }
        objects.close();
    }

    @Override
    protected FeatureStore open(Precision precision) {
        return FeatureStores.over(new S3ShardFiles(objects, folder, directory.resolve("staging")), precision);
    }

    @Override
    protected List<String> files() throws IOException {
        return new S3ShardFiles(objects, folder, directory).list();
    }

    private ObjectKey object(String file) {
        return new ObjectKey(folder.bucket(), folder.key() + "/" + file);
    }

    @Override
    protected void change(String file, UnaryOperator<byte[]> change) throws IOException {
        byte[] bytes;
        try (InputStream content = objects.open(object(file))) {
            bytes = content.readAllBytes();
        }
        add(file, change.apply(bytes));
    }

    @Override
    protected void add(String file, byte[] content) throws IOException {
        objects.put(object(file), new ByteArrayInputStream(content));
    }

    @Test
    void whatAKilledWriterPublishedIsThere() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StoreUntilKilled.class.getName(),
                        S3Server.shared().settings().endpoint().toString(),
                        S3Server.shared().settings().accessKey(),
                        S3Server.shared().settings().secretKey(),
                        folder.toString(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int published = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            while (published < 500) {
                published = Integer.parseInt(said.readLine());
            }
            writer.toHandle().destroyForcibly(); // SIGKILL; the pipe stays open
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                published = Integer.parseInt(line);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        FeatureStore store = open(Precision.FLOAT32);
        for (int number = 0; number < published; number++) {
            assertThat(store.find(key(number))).contains(features(number));
        }
        assertThat(store.count()).isBetween((long) published, published + 50L); // killed before it could say so
    }
}
