package io.heimdall.servers.s3;

import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStoreContract;
import io.heimdall.dataset.store.KilledWriter;
import io.heimdall.dataset.store.Precision;
import io.heimdall.servers.testing.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of many small files costs requests; {@link S3ShardFilesTest} is quick. */
@Tag("slow")
class S3FeatureStoreTest extends FeatureStoreContract {

    @TempDir
    Path directory;

    private FeaturesOnServer server;

    @BeforeEach
    void connect() throws Exception {
        server = FeaturesOnServer.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Override
    protected FeatureStore open(Precision precision) {
        return server.store(precision);
    }

    @Override
    protected List<String> files() throws IOException {
        return server.files().list();
    }

    @Override
    protected void change(String file, UnaryOperator<byte[]> change) throws IOException {
        byte[] bytes;
        try (InputStream content = server.objects().open(server.object(file))) {
            bytes = content.readAllBytes();
        }
        add(file, change.apply(bytes));
    }

    @Override
    protected void add(String file, byte[] content) throws IOException {
        server.add(file, content);
    }

    @Test
    void whatAKilledWriterPublishedIsThere() throws Exception {
        S3Settings settings = S3Server.shared().settings();
        int published = KilledWriter.run(
                StoreUntilKilled.class,
                settings.endpoint().toString(),
                settings.accessKey(),
                settings.secretKey(),
                server.folder().toString(),
                directory.toString());
        KilledWriter.assertHolds(open(Precision.FLOAT32), published);
    }
}
