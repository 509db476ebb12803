package io.heimdall.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file with a JSON object a line. It appears when it is whole, in place of an older one. */
final class JsonLines implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final AsideFile file;
    private final BufferedWriter rows;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    JsonLines(Path file) throws IOException {
        this.file = new AsideFile(file);
        this.rows = Files.newBufferedWriter(this.file.path());
    }

    /** Adds a line. */
    void add(Map<String, ?> row) {
        try {
            rows.write(json.writeValueAsString(row));
            rows.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the file its name. */
    void publish() throws IOException {
        rows.close();
        file.publish();
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        try (file) {
            rows.close();
        }
    }
}
