package io.heimdall.servers.s3;

import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.KilledWriter;
import io.heimdall.dataset.store.Precision;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;

/** Fills a feature store on a server. */
final class StoreUntilKilled {

    private StoreUntilKilled() {}

    public static void main(String[] arguments) throws IOException {
        S3Settings settings = S3Settings.of(arguments[0], arguments[1], arguments[2]);
        Path directory = Path.of(arguments[4]);
        try (MinioObjectStore objects = MinioObjectStore.open(settings, directory.resolve("child"), 1 << 30)) {
            S3ShardFiles files = new S3ShardFiles(objects, ObjectKey.parse(arguments[3]), directory.resolve("staging"));
            KilledWriter.fill(FeatureStores.over(files, Precision.FLOAT32));
        }
    }
}
