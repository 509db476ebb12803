package io.heimdall.servers;

import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens the object store of an MLflow server that lets its clients write artifacts themselves. */
public final class ArtifactStores {
    private static final long CACHE_BYTES = 2L << 30;

    private ArtifactStores() {}

    /**
     * Opens the store that the environment names.
     *
     * @param environment {@code MLFLOW_S3_ENDPOINT_URL} or {@code HEIMDALL_S3_ENDPOINT}, and what belongs to them
     * @param cache directory for what is fetched
     * @return nothing if it names none
     */
    public static Optional<MinioObjectStore> open(Map<String, String> environment, Path cache) throws IOException {
        Optional<S3Settings> settings = S3Settings.parseForArtifacts(environment);
        return settings.isEmpty()
                ? Optional.empty()
                : Optional.of(MinioObjectStore.open(settings.get(), cache, CACHE_BYTES));
    }

    /** Returns where MLflow's artifacts are if that is another store than Heimdall's. */
    public static boolean apart(Map<String, String> environment) {
        Optional<S3Settings> artifacts = S3Settings.parseForArtifacts(environment);
        return artifacts.isPresent() && !artifacts.equals(S3Settings.parse(environment));
    }
}
