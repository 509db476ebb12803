package io.heimdall.pipeline.likeness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a workspace's sessions are like, as {@code like.json}: the fingerprint of the sessions that the world was fitted to. */
final class LikeFile {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LikeFile() {}

    /**
     * Claims a workspace, before anything is written: sessions without that file would pass for recorded ones.
     *
     * @throws DatasetException if it holds other sessions
     */
    static void claim(Workspace workspace, Likeness likeness) throws IOException {
        Path file = workspace.likeFile();
        if (Files.exists(file)) {
            if (!fingerprint(file).equals(likeness.fingerprint())) {
                throw new DatasetException("the workspace " + workspace.directory()
                        + " holds sessions like those of another workspace, or of the same one before its sessions"
                        + " changed; simulate into a new workspace");
            }
            return;
        }
        if (workspace.isSimulated()
                || workspace.catalog().allSessions().findFirst().isPresent()) {
            throw new DatasetException("the workspace " + workspace.directory() + " holds "
                    + (workspace.isSimulated() ? "sessions of a simulated world" : "recorded sessions")
                    + "; simulate into a new one, so that nobody takes one for the other");
        }
        JsonNode document = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("like", likeness.fingerprint())
                .put("sessions", likeness.fitted().sessions().size());
        WholeFile.write(file, document.toPrettyString() + "\n");
    }

    private static String fingerprint(Path file) throws IOException {
        try {
            JsonNode document = JSON.readTree(Files.readString(file));
            if (document.path("format").asInt() == FORMAT
                    && document.path("like").isTextual()) {
                return document.get("like").textValue();
            }
        } catch (JsonProcessingException e) {
            throw new DatasetException(file + " is damaged: it is not JSON; simulate into a new workspace", e);
        }
        throw new DatasetException(file + " has another format than " + FORMAT
                + ", or does not say what the sessions are like; simulate into a new workspace");
    }
}
