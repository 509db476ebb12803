package io.heimdall.tracking.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mlflow.api.proto.Service;

/**
 * The artifacts of a run as its server lists them.
 *
 * @param server that is asked
 * @param run id of the run
 */
record ArtifactList(MlflowServer server, String run) {

    /** A file or directory; {@code bytes} is -1 for a directory. */
    record Entry(String path, long bytes) {

        boolean isDirectory() {
            return bytes < 0;
        }
    }

    /** Returns what is in a directory; nothing if it is none. The empty path is the root. */
    List<Entry> in(String directory) {
        List<Entry> entries = new ArrayList<>();
        String page = "";
        do {
            Service.ListArtifacts.Builder query =
                    Service.ListArtifacts.newBuilder().setRunId(run);
            if (!directory.isEmpty()) {
                query.setPath(directory);
            }
            if (!page.isEmpty()) {
                query.setPageToken(page);
            }
            var answer = server.get("artifacts/list", query.build(), Service.ListArtifacts.Response.newBuilder());
            answer.getFilesList()
                    .forEach(found ->
                            entries.add(new Entry(found.getPath(), found.getIsDir() ? -1 : found.getFileSize())));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return entries;
    }

    Optional<Entry> find(String path) {
        return in(path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "").stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst();
    }
}
