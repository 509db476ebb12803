package io.heimdall.dataset.store;

import java.nio.file.Path;

/** Opens feature stores. */
public final class FeatureStores {

    private FeatureStores() {}

    /**
     * Opens a store in a directory, which reads by memory map and keeps the bits of 32-bit floats.
     *
     * @param directory made when first written to
     */
    public static FeatureStore directory(Path directory) {
        return directory(directory, Precision.FLOAT32);
    }

    /**
     * Opens a store in a directory, which reads by memory map.
     *
     * @param directory made when first written to
     * @param precision of what is written and read
     */
    public static FeatureStore directory(Path directory, Precision precision) {
        return over(new DirectoryShardFiles(directory), precision);
    }

    /**
     * Opens a store on other storage.
     *
     * @param files of the store; the first call of the store looks at them
     * @param precision of what is written and read
     */
    public static FeatureStore over(ShardFiles files, Precision precision) {
        return new ShardedFeatureStore(files, precision);
    }
}
