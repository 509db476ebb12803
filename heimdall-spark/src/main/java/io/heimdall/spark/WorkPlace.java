package io.heimdall.spark;

import io.heimdall.app.adapters.NamedFeatures;
import io.heimdall.app.configuration.Configuration;
import io.heimdall.app.configuration.Setting;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.Variables;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where recordings and features are, as a worker is told.
 *
 * <p>Passwords and keys are not among the settings: a worker takes them from its own environment, or from {@link LocalSecrets} where it is a
 * thread of the driver.
 *
 * @param workspace absolute path, the same on all machines
 * @param settings environment variables
 */
record WorkPlace(String workspace, HashMap<String, String> settings) implements Serializable {

    private static final long CACHE_BYTES = 20L << 30;
    private static final String SERVER = "s3://";
    private static final String SHARED =
            " is not on the worker's machine: put it onto a disk that all workers share, under the same path";

    /**
     * Returns the place of a workspace. A feature store in a directory is made here, since a worker that made it could be on a machine
     * that has a disk of its own.
     *
     * @param variables the driver's; its secrets are left out
     * @throws IOException if the directory cannot be made
     */
    static WorkPlace of(Path workspace, Map<String, String> variables) throws IOException {
        HashMap<String, String> settings = new HashMap<>();
        for (Setting setting : Setting.all()) {
            String value = variables.get(setting.variable());
            if (value != null && !setting.secret()) {
                settings.put(setting.variable(), value);
            }
        }
        Optional<String> store = storeDirectory(settings);
        if (store.isPresent()) {
            Path directory = Path.of(store.get()).toAbsolutePath().normalize();
            Files.createDirectories(directory);
            settings.put(NamedFeatures.STORE, directory.toString());
        }
        return new WorkPlace(workspace.toAbsolutePath().normalize().toString(), settings);
    }

    private static Optional<String> storeDirectory(Map<String, String> settings) {
        return Variables.value(settings, NamedFeatures.STORE).filter(location -> !location.startsWith(SERVER));
    }

    /** Recordings, and what ends the connections to them. */
    record Recordings(ObjectStore objects, Runnable leaving) implements AutoCloseable {
        @Override
        public void close() {
            leaving.run();
        }
    }

    /**
     * Opens the recordings, on a worker.
     *
     * @throws IOException if the workspace is not there, or its directories cannot be made
     */
    Recordings recordings() throws IOException {
        Path cache = directory().resolve("cache").resolve("objects");
        Optional<S3Settings> server = S3Settings.parse(variables());
        if (server.isEmpty()) {
            return new Recordings(DirectoryObjectStore.open(directory().resolve("objects")), () -> {});
        }
        MinioObjectStore objects = MinioObjectStore.open(server.get(), cache, CACHE_BYTES);
        return new Recordings(objects, objects::close);
    }

    /**
     * Opens the feature store, on a worker.
     *
     * @param watching is put around the store
     * @throws IOException if the workspace or the store's directory is not there, or a local directory cannot be made
     */
    NamedFeatures features(UnaryOperator<FeatureStore> watching) throws IOException {
        Map<String, String> variables = variables();
        Optional<String> store = storeDirectory(variables);
        if (store.isPresent() && !Files.isDirectory(Path.of(store.get()))) {
            throw new IOException(NamedFeatures.STORE + " is " + store.get() + ", which" + SHARED);
        }
        return NamedFeatures.open(variables, new WorkingDirectory(directory()), watching);
    }

    /**
     * Returns the workspace, on a worker.
     *
     * @throws IOException if it is not there
     */
    Path directory() throws IOException {
        Path directory = Path.of(workspace);
        if (!Files.isDirectory(directory)) {
            throw new IOException("the workspace " + workspace + SHARED);
        }
        return directory;
    }

    /** Returns the variables of a worker. */
    Map<String, String> variables() throws IOException {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(LocalSecrets.shared());
        all.putAll(settings);
        return Configuration.read(Optional.empty(), all).variables();
    }
}
