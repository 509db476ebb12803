package io.heimdall.tracking.mlflow;

import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Artifacts in a directory that this machine and the server share.
 *
 * @param root of the run's artifacts
 */
record DiskArtifacts(MlflowServer server, ArtifactList list, Path root) implements ArtifactRoot {

    @Override
    public void put(Path file, String path) {
        try {
            StoreFiles.copy(file, root.resolve(path), Files.createDirectories(root));
        } catch (IOException e) {
            String artifact = "artifact " + path;
            throw StoreFiles.fault(artifact, artifact + " cannot be copied to " + root + ": " + e + "; " + remedy(), e);
        }
        if (!exists(path)) {
            throw new TrackingException("artifact " + path + " is in " + root + " of this machine, and "
                    + server.connection().settings() + " does not see it there; " + remedy());
        }
    }

    private static String remedy() {
        return "start MLflow with --serve-artifacts where it does not share a disk with its clients";
    }

    @Override
    public boolean exists(String path) {
        return list.find(path).isPresent();
    }

    @Override
    public Optional<Path> fetch(String path) {
        return Optional.of(root.resolve(path)).filter(Files::exists);
    }
}
