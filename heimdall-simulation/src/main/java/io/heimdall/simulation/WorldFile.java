package io.heimdall.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A world as {@code world.json} in the workspace: <code>{"format": 1, "world": {...}}</code>. Format 2 has the world's conditions, format 3
 * also clocks. A world is written in the oldest format that has room for it, which older releases read.
 */
public final class WorldFile {

    /** The newest format that this release reads. */
    static final int FORMAT = 3;

    private static final int PLAIN_FORMAT = 1;
    private static final int UNTIMED_FORMAT = 2;
    private static final String CONDITIONS = "conditions";
    private static final String CLOCKS = "clocks";

    private static final long MAX_BYTES = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private WorldFile() {}

    /** Writes the file. */
    static void write(Path file, World world) throws IOException {
        int format = format(world.conditions());
        ObjectNode tree = JSON.valueToTree(world);
        if (format == PLAIN_FORMAT) {
            tree.remove(CONDITIONS);
        } else if (format == UNTIMED_FORMAT) {
            ((ObjectNode) tree.get(CONDITIONS)).remove(CLOCKS);
        }
        JsonNode document = JSON.createObjectNode().put("format", format).set("world", tree);
        WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }

    private static int format(Conditions conditions) {
        if (conditions.equals(Conditions.PLAIN)) {
            return PLAIN_FORMAT;
        }
        return conditions.clocks().equals(Clocks.UNSTATED) ? UNTIMED_FORMAT : FORMAT;
    }

    /**
     * Returns the world whose sessions a workspace holds; empty where they are recorded ones.
     *
     * @throws DatasetException if the description is damaged or was written by a newer release
     * @throws IOException if it cannot be read
     */
    public static Optional<World> of(Workspace workspace) throws IOException {
        return read(workspace.worldFile());
    }

    /**
     * Reads a description as {@link Workspace#worldFile} names it.
     *
     * @return empty where there is none
     * @throws DatasetException if the description is damaged or was written by a newer release
     * @throws IOException if it cannot be read
     */
    public static Optional<World> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw damaged(file, "it has " + Files.size(file) + " bytes, more than a file of a world may have", null);
        }
        try {
            JsonNode document = JSON.readTree(Files.readString(file));
            JsonNode format = document.path("format");
            if (!format.isInt() || format.intValue() < 1) {
                throw damaged(file, "it has no format number", null);
            }
            if (format.intValue() > FORMAT) {
                throw new DatasetException(file + " has format " + format + ", this release reads formats up to "
                        + FORMAT + "; use the newer release that wrote it");
            }
            if (!document.path("world").isObject()) {
                throw damaged(file, "it has no world", null);
            }
            ObjectNode world = (ObjectNode) document.get("world");
            if (format.intValue() == PLAIN_FORMAT) {
                world.set(CONDITIONS, JSON.valueToTree(Conditions.PLAIN));
            } else if (format.intValue() == UNTIMED_FORMAT && world.get(CONDITIONS) instanceof ObjectNode conditions) {
                conditions.set(CLOCKS, JSON.valueToTree(Clocks.UNSTATED));
            }
            return Optional.of(JSON.treeToValue(world, World.class));
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage() + place(e), e);
        }
    }

    private static String place(JsonProcessingException fault) {
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
                    .collect(Collectors.joining(".", " in world.", ""));
        }
        return "";
    }

    private static DatasetException damaged(Path file, String what, Exception cause) {
        return new DatasetException(
                file.toString(),
                file + " is damaged: " + what + "; restore it, or simulate into a new workspace",
                cause,
                false);
    }
}
