package io.heimdall.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.files.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A file with a JSON object a line. It appears when it is whole, in place of an older one. */
final class JsonLines implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final Path aside;
    private final BufferedWriter rows;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    JsonLines(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.aside =
                WholeFile.aside(this.file.getParent(), this.file.getFileName().toString());
        this.rows = Files.newBufferedWriter(aside);
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
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        rows.close();
        Files.deleteIfExists(aside);
    }
}
