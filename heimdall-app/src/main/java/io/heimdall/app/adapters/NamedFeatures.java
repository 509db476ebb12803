package io.heimdall.app.adapters;

import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.SettingException;
import io.heimdall.files.Variables;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.servers.s3.S3ShardFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The features that the environment names.
 *
 * @param cache of them
 * @param leaving ends the connections below the cache, after it is closed
 */
public record NamedFeatures(FeatureCache cache, Runnable leaving) implements AutoCloseable {

    /** The variable that names the store: a directory, or {@code s3://bucket/folder}. */
    public static final String STORE = "HEIMDALL_FEATURES_STORE";

    /** The variable that names the precision of what is stored. */
    public static final String PRECISION = "HEIMDALL_FEATURES_PRECISION";

    private static final String SCHEME = "s3://";
    private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

    /** Ranges are not kept; a store of features needs the directory for uploads alone. */
    private static final long CACHE_BYTES = 0;

    /**
     * Opens the store that is named, for recordings that are looked at once.
     *
     * @param environment {@link #STORE}, {@link #PRECISION} and, for a store on S3, what {@link S3Settings#parseForFeatures} reads
     * @param local local directory for uploads
     * @return a cache that keeps nothing where no store is named
     * @throws IllegalArgumentException if a variable cannot be used
     * @throws IOException if the local directory cannot be made
     */
    public static NamedFeatures open(Map<String, String> environment, Path local) throws IOException {
        Optional<String> location = Variables.value(environment, STORE);
        if (location.isEmpty()) {
            return new NamedFeatures(FeatureCache.none(), () -> {});
        }
        Stored stored = at(location.get(), precision(environment), environment, local);
        return new NamedFeatures(FeatureCache.over(stored.store()), stored.leaving());
    }

    /**
     * Opens the store that is named, or else the one of a workspace.
     *
     * @param environment as in {@link #open(Map, Path)}
     * @param workspace of the store
     * @throws IllegalArgumentException if a variable cannot be used
     * @throws IOException if a local directory cannot be made
     */
    public static NamedFeatures open(Map<String, String> environment, WorkingDirectory workspace) throws IOException {
        return open(environment, workspace, UnaryOperator.identity());
    }

    /**
     * Opens a store as {@link #open(Map, WorkingDirectory)} does.
     *
     * @param watching is put around the store, below the cache
     * @throws IllegalArgumentException if a variable cannot be used
     * @throws IOException if a local directory cannot be made
     */
    public static NamedFeatures open(
            Map<String, String> environment, WorkingDirectory workspace, UnaryOperator<FeatureStore> watching)
            throws IOException {
        Path usual = workspace.featureCache();
        Optional<String> location = Variables.value(environment, STORE);
        Precision precision = precision(environment);
        Stored stored = location.isPresent()
                ? at(location.get(), precision, environment, usual.resolveSibling("feature-store"))
                : new Stored(FeatureStores.directory(usual, precision), () -> {});
        return new NamedFeatures(new FeatureCache(watching.apply(stored.store()), usual), stored.leaving());
    }

    /** A store, and what ends the connections below it. */
    private record Stored(FeatureStore store, Runnable leaving) {}

    private static Stored at(String location, Precision precision, Map<String, String> environment, Path local)
            throws IOException {
        if (!location.startsWith(SCHEME)) {
            requireDirectory(location);
            return new Stored(FeatureStores.directory(Path.of(location), precision), () -> {});
        }
        ObjectKey folder = SettingException.about(() -> ObjectKey.parse(location), STORE);
        S3Settings settings = S3Settings.parseForFeatures(environment)
                .orElseThrow(() -> new SettingException(
                        STORE + " is " + location + ", and no S3 server is named: set " + S3Settings.FEATURES_ENDPOINT
                                + " or " + S3Settings.ENDPOINT,
                        STORE));
        MinioObjectStore objects = MinioObjectStore.open(settings, local.resolve("objects"), CACHE_BYTES);
        FeatureStore store = FeatureStores.over(new S3ShardFiles(objects, folder, local.resolve("staging")), precision);
        return new Stored(store, objects::close);
    }

    private static void requireDirectory(String location) {
        if (OTHER_SCHEME.matcher(location).lookingAt()) {
            throw unusable(location, "give a directory, or s3://bucket/folder");
        }
        Path directory = SettingException.about(() -> Path.of(location), STORE);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw unusable(location, "that is a file; give a directory, or s3://bucket/folder");
        }
    }

    /**
     * Checks that the store that is named is there, where it is a directory.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void requireThere(Map<String, String> environment) {
        Optional<String> directory =
                Variables.value(environment, STORE).filter(location -> !location.startsWith(SCHEME));
        if (directory.isPresent()) {
            requireDirectory(directory.get());
            if (!Files.isDirectory(Path.of(directory.get()))) {
                throw unusable(directory.get(), "there is no such directory");
            }
        }
    }

    private static SettingException unusable(String location, String why) {
        return new SettingException(STORE + " is " + location + ": " + why, STORE);
    }

    private static Precision precision(Map<String, String> environment) {
        String word = Variables.value(environment, PRECISION).orElse("float32");
        return Arrays.stream(Precision.values())
                .filter(precision -> word(precision).equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException(
                        "precision of features '" + word + "' is not one of "
                                + Arrays.stream(Precision.values())
                                        .map(NamedFeatures::word)
                                        .collect(Collectors.joining(", ")),
                        PRECISION));
    }

    private static String word(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** Publishes what was computed, and ends the connections. */
    @Override
    public void close() {
        try {
            cache.close();
        } finally {
            leaving.run();
        }
    }
}
