package io.heimdall.servers.s3;

import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.dataset.store.StoredFeatures;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;

/** Fills a feature store on a server, and says after each shard how many entries are published. */
final class StoreUntilKilled {

    private StoreUntilKilled() {}

    public static void main(String[] arguments) throws IOException {
        S3Settings settings = S3Settings.of(arguments[0], arguments[1], arguments[2]);
        Path directory = Path.of(arguments[4]);
        try (MinioObjectStore objects = MinioObjectStore.open(settings, directory.resolve("child"), 1 << 30)) {
            FeatureStore store = FeatureStores.over(
                    new S3ShardFiles(objects, ObjectKey.parse(arguments[3]), directory.resolve("staging")),
                    Precision.FLOAT32);
            for (int number = 0; number < 1_000_000; number += 50) {
                StoredFeatures.put(store, number, number + 50);
                store.flush();
                System.out.println(number + 50);
            }
        }
    }
}
