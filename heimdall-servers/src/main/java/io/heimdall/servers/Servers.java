package io.heimdall.servers;

import io.heimdall.files.SettingException;
import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Heimdall's own database and object store.
 *
 * @param catalog also takes the results of trainings
 * @param objects recordings and models, what is fetched being kept on the local disk
 */
public record Servers(PostgresCatalog catalog, MinioObjectStore objects) implements AutoCloseable {
    private static final long CACHE_BYTES = 20L << 30;

    /** Returns whether the environment names Heimdall's servers; then a workspace need hold no sessions. */
    public static boolean named(Map<String, String> environment) {
        return PostgresSettings.parse(environment).isPresent()
                || S3Settings.parse(environment).isPresent();
    }

    /**
     * Opens the servers that the environment names.
     *
     * @param environment {@code HEIMDALL_DATABASE_URL}, {@code HEIMDALL_S3_ENDPOINT} and what belongs to them
     * @param cache directory for what is fetched, made if it is missing; holds 20 GiB at most
     * @return nothing if it names neither
     * @throws IllegalArgumentException if it names one without the other, or something cannot be used
     * @throws io.heimdall.dataset.DatasetException if the database cannot be asked, or is not Heimdall's
     * @throws IOException if the directory cannot be made
     */
    public static Optional<Servers> open(Map<String, String> environment, Path cache) throws IOException {
        Optional<PostgresSettings> database = PostgresSettings.parse(environment);
        Optional<S3Settings> store = S3Settings.parse(environment);
        if (database.isEmpty() && store.isEmpty()) {
            return Optional.empty();
        }
        if (database.isEmpty() || store.isEmpty()) {
            String there = database.isPresent() ? PostgresSettings.URL : S3Settings.ENDPOINT;
            String missing = database.isPresent() ? S3Settings.ENDPOINT : PostgresSettings.URL;
            throw new SettingException(
                    there + " is set and " + missing
                            + " is not: the database names recordings that the object store has; set both or neither",
                    there);
        }
        MinioObjectStore objects = MinioObjectStore.open(store.get(), cache, CACHE_BYTES);
        try {
            return Optional.of(new Servers(PostgresCatalog.open(database.get()), objects));
        } catch (RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        catalog.close();
        objects.close();
    }
}
