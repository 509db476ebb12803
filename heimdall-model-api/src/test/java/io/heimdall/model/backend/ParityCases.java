package io.heimdall.model.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PyTorch's values for the parity cases: those of the test-jar, or of the file in {@value #PROPERTY}. */
public final class ParityCases {
    /** System property that names another golden file, made by the same script. */
    public static final String PROPERTY = "heimdall.parity.golden";

    private ParityCases() {}

    /** Returns the whole reference file: {@code uniform} and {@code cases}. */
    public static JsonNode golden() {
        String other = System.getProperty(PROPERTY);
        return other == null ? resource("/parity/golden.json") : read(Path.of(other));
    }

    /** Returns the cases by name: the reference's, and the other networks' and geometries' unless the file was named. */
    public static Map<String, JsonNode> cases() {
        Map<String, JsonNode> cases = new LinkedHashMap<>();
        golden().get("cases").properties().forEach(c -> cases.put(c.getKey(), c.getValue()));
        if (System.getProperty(PROPERTY) == null) {
            resource("/parity/geometries.json")
                    .get("cases")
                    .properties()
                    .forEach(c -> cases.put(c.getKey(), c.getValue()));
        }
        return cases;
    }

    /** Returns the network of a case, without dropout. */
    public static NetworkSpec network(JsonNode golden) {
        int channels = golden.get("channels").asInt();
        NetworkSpec network = switch (golden.path("network").asText("resnet18")) {
            case "resnet34" -> LocalizationNet.resnet34(channels, 0, 0);
            case "small" -> LocalizationNet.small(channels, 0, 0);
            default -> LocalizationNet.resnet18(channels, 0, 0);
        };
        return network.withInputs(List.of(TensorSpec.floats(
                LocalizationNet.FEATURES,
                channels,
                golden.path("height").asInt(LocalizationNet.BANDS),
                golden.path("width").asInt(LocalizationNet.FRAMES))));
    }

    private static JsonNode resource(String name) {
        try (InputStream in = ParityCases.class.getResourceAsStream(name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
