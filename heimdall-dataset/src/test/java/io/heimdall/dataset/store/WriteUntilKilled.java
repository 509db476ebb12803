package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.file.Path;

/** Fills the store of a directory, and says after each shard how many entries are published. */
final class WriteUntilKilled {

    private WriteUntilKilled() {}

    public static void main(String[] arguments) throws IOException {
        FeatureStore store = FeatureStores.directory(Path.of(arguments[0]));
        for (int number = 0; number < 1_000_000; number += 50) {
            StoredFeatures.put(store, number, number + 50);
            store.flush();
            System.out.println(number + 50);
        }
    }
}
