package io.heimdall.tracking.mlflow;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.tracking.TrackingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where a server keeps the artifacts of one run; paths are relative to it. */
public sealed interface ArtifactRoot permits ProxiedArtifacts, DiskArtifacts, ObjectArtifacts {

    /** Keeps a file, in place of one that was there. */
    void put(Path file, String path);

    /** Returns an artifact as a local file or directory; nothing if there is none. */
    Optional<Path> fetch(String path);

    /** Returns whether there is such a file or directory. */
    boolean exists(String path);

    /**
     * Returns the root of an address that MLflow gave a run.
     *
     * @param uri the run's {@code artifact_uri}
     * @param cache directory for what is fetched of this run
     */
    static ArtifactRoot of(String uri, String run, MlflowServer server, Path cache, Optional<ObjectStore> objects) {
        ArtifactList list = new ArtifactList(server, run);
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : "file";
        switch (scheme) {
            case "mlflow-artifacts":
                String host = URI.create(uri.replace(" ", "%20")).getRawAuthority();
                URI address = server.connection().settings().address();
                if (host != null && !host.equals(address.getRawAuthority())) {
                    throw new TrackingException("run " + run + " keeps its artifacts on " + host
                            + ", another server than " + address + ", which alone may see the login");
                }
                String path = uri.substring(scheme.length() + 1).replaceFirst("^//[^/]*", "");
                return new ProxiedArtifacts(server, list, path.replaceAll("^/+|/+$", ""), cache);
            case "file":
                String disk = uri.startsWith("file:")
                        ? URI.create(uri.replace(" ", "%20")).getPath()
                        : uri;
                return new DiskArtifacts(server, list, Path.of(disk));
            case "s3":
                ObjectStore store = objects.orElseThrow(() -> new TrackingException("run " + run
                        + " keeps its artifacts in "
                        + uri + ", and no S3 store is named: set MLFLOW_S3_ENDPOINT_URL with AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or start MLflow with --serve-artifacts"));
                return new ObjectArtifacts(store, ObjectKey.parse(uri.replaceAll("/+$", "")));
            default:
                throw new TrackingException(
                        "run " + run + " keeps its artifacts in " + uri
                                + "; only mlflow-artifacts:, s3: and file: are understood: start MLflow with --serve-artifacts");
        }
    }
}
