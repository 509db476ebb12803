package io.heimdall.servers.s3;

import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A folder of the shared server for the files of a feature store, which goes when this is closed.
 *
 * @param objects the server
 * @param folder that nobody else has
 * @param directory where caches and unfinished files are
 */
record FeaturesOnServer(MinioObjectStore objects, ObjectKey folder, Path directory) implements AutoCloseable {

    static FeaturesOnServer open(Path directory) throws Exception {
        return new FeaturesOnServer(
                MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30),
                new ObjectKey("features", "files/" + UUID.randomUUID()),
                directory);
    }

    S3ShardFiles files() {
        return new S3ShardFiles(objects, folder, directory.resolve("staging"));
    }

    FeatureStore store(Precision precision) {
        return FeatureStores.over(files(), precision);
    }

    ObjectKey object(String file) {
        return new ObjectKey(folder.bucket(), folder.key() + "/" + file);
    }

    void add(String file, byte[] content) throws IOException {
        objects.put(object(file), new ByteArrayInputStream(content));
    }

    @Override
    public void close() throws IOException {
        for (ObjectKey key : objects.list(folder.bucket(), folder.key() + "/")) {
            objects.delete(key);
        }
        objects.close();
    }
}
