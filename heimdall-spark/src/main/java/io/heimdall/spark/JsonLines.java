package io.heimdall.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.files.NewFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A file with a JSON object a line. It appears when it is whole, in place of an older one. */
final class JsonLines implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final NewFile file;
    private final Writer rows;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    JsonLines(Path file) throws IOException {
        this.file = NewFile.at(file);
        this.rows = new OutputStreamWriter(this.file.out(), StandardCharsets.UTF_8);
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
        rows.flush();
        file.finish();
    }

    /** Removes what was not published. */
    @Override
    public void close() {
        file.close();
    }
}
