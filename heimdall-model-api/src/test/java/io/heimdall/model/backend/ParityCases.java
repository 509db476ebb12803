package io.heimdall.model.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PyTorch's values for the parity cases: those of the test-jar, or of the file in {@value #PROPERTY}. */
public final class ParityCases {
    /** System property that names another golden file. */
    public static final String PROPERTY = "heimdall.parity.golden";

    private ParityCases() {}

    /** Returns the whole file: {@code uniform} and {@code cases}. */
    public static JsonNode golden() {
        String other = System.getProperty(PROPERTY);
        try (InputStream in = other == null
                ? ParityCases.class.getResourceAsStream("/parity/golden.json")
                : Files.newInputStream(Path.of(other))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
