package io.heimdall.tracking.sync;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.files.Sha256;
import io.heimdall.tracking.filestore.StoreFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of a run, a model or a version one server has: a file beside what it tells of.
 *
 * <p>It saves asking. Where it is lost, damaged or says that it is not sure, the server is asked what it has.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE)
final class SyncJournal {
    private static final JsonMapper JSON = new JsonMapper();

    /** The server, for people. */
    String server = "";
    /** Id of the run or number of the version there; empty before it has one. */
    String id = "";

    String experiment = "";
    String artifactUri = "";
    /** Whether something was being sent when this was written: the server may have more than is written here. */
    boolean doubtful;

    /** Lines sent, by metric. */
    final TreeMap<String, Integer> metrics = new TreeMap<>();

    final TreeSet<String> params = new TreeSet<>();
    /** Digest of the value sent, by tag. */
    final TreeMap<String, String> tags = new TreeMap<>();
    /** Length and time of the file sent, by path. */
    final TreeMap<String, String> artifacts = new TreeMap<>();
    /** Version that was pointed at last, by alias. */
    final TreeMap<String, Integer> aliases = new TreeMap<>();

    String status = "RUNNING";

    /** Returns the file in {@code directory} about a server. */
    static Path file(Path directory, URI server) {
        return directory.resolve(".heimdall-sync-" + digest(server.toString()) + ".json");
    }

    /** Reads the file; a missing or damaged one gives a journal that is doubtful. */
    static SyncJournal read(Path directory, URI server) throws IOException {
        Path file = file(directory, server);
        SyncJournal journal = new SyncJournal();
        if (Files.isRegularFile(file)) {
            try {
                return JSON.readValue(Files.readString(file), SyncJournal.class);
            } catch (JsonProcessingException e) {
                journal.doubtful = true;
            }
        } else {
            journal.doubtful = true;
        }
        journal.server = server.toString();
        return journal;
    }

    void write(Path directory, URI server) throws IOException {
        StoreFiles.write(
                file(directory, server),
                directory,
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }
}
