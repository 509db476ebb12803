package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.file.Path;

/** Fills the store of a directory. */
final class WriteUntilKilled {

    private WriteUntilKilled() {}

    public static void main(String[] arguments) throws IOException {
        KilledWriter.fill(FeatureStores.directory(Path.of(arguments[0])));
    }
}
