package io.heimdall.tracking.mlflow;

import io.heimdall.files.WholeFile;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Artifacts that go through the server, which alone knows where they end.
 *
 * @param prefix of the run's artifacts among all of the server
 * @param cache directory for what is fetched
 */
record ProxiedArtifacts(MlflowServer server, ArtifactList list, String prefix, Path cache) implements ArtifactRoot {

    @Override
    public void put(Path file, String path) {
        server.persist("artifact " + path, again -> {
            long bytes = Files.size(file);
            server.connection().upload(prefix + "/" + path, file);
            // A server behind a proxy can take half a body for a whole one.
            long kept = list.find(path).map(ArtifactList.Entry::bytes).orElse(-1L);
            if (kept != bytes) {
                throw new IOException("the server has " + kept + " bytes of " + path + ", " + bytes + " were sent");
            }
            return null;
        });
    }

    @Override
    public boolean exists(String path) {
        return list.find(path).isPresent();
    }

    @Override
    public Optional<Path> fetch(String path) {
        return list.find(path).map(this::fetch);
    }

    private Path fetch(ArtifactList.Entry entry) {
        Path target = cache.resolve(entry.path()).normalize();
        if (!target.startsWith(cache)) {
            throw new TrackingException("artifact '" + entry.path() + "' would leave " + cache);
        }
        if (entry.isDirectory()) {
            list.in(entry.path()).forEach(this::fetch);
        } else {
            server.persist("artifact " + entry.path(), again -> {
                download(entry, target);
                return null;
            });
        }
        return target;
    }

    private void download(ArtifactList.Entry entry, Path target) throws IOException, InterruptedException {
        Files.createDirectories(target.getParent());
        WholeFile.<Path, InterruptedException>make(target, aside -> {
            server.connection().download(prefix + "/" + entry.path(), aside, entry.bytes());
            if (Files.size(aside) != entry.bytes()) {
                throw new IOException(
                        "got " + Files.size(aside) + " bytes of " + entry.path() + ", the list says " + entry.bytes());
            }
            return aside;
        });
    }
}
