package io.heimdall.app.configuration;

import io.heimdall.dataset.Spelling;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The keys and values of a YAML file, whose messages name its lines; no tags or types are built.
 *
 * @param file its name, for messages
 */
record YamlEntries(String file) {
    /** More than anybody types; a file that is not a configuration is refused before it takes memory. */
    private static final long MOST_BYTES = 1 << 20;

    /** A key and what stands behind it. */
    record Entry(Node key, Node value) {}

    /**
     * Reads a file. A key that is there twice is left to the reader, who can name both lines.
     *
     * @return empty if the file is
     * @throws IllegalArgumentException naming file and line of what is not YAML
     */
    static Optional<Node> compose(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(file + " has " + bytes + " bytes; expected at most 1 MB");
        }
        try {
            return compose(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not text in UTF-8", e);
        }
    }

    /**
     * Reads text, as {@link #compose(Path)} reads a file.
     *
     * @param file its name, for messages
     */
    static Optional<Node> compose(String file, String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(true)
                    .build();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1))
                    .orElse("");
            throw new IllegalArgumentException(file + line + ": not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(file + ": not YAML: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the entries of a mapping, in their order.
     *
     * @param what it is, for the message
     */
    Map<String, Entry> entries(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(node, what + " holds no keys; expected lines of the form 'key: value'");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (entries.put(key, new Entry(tuple.getKeyNode(), tuple.getValueNode())) != null) {
                throw refused(tuple.getKeyNode(), "'" + key + "' is there twice");
            }
        }
        return entries;
    }

    /** Checks that a key is one of those that are known. */
    void known(String key, Entry entry, List<String> keys) {
        if (!keys.contains(key)) {
            throw refused(entry.key(), "unknown key '" + key + "'; " + advice(key, keys));
        }
    }

    /** Returns what a user may have meant by a word that is none of those that are known. */
    static String advice(String word, List<String> known) {
        return Spelling.meant(word, known)
                .map(meant -> "did you mean '" + meant + "'?")
                .orElse("known are " + String.join(", ", known));
    }

    String text(Entry entry) {
        return text(entry.value());
    }

    String text(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw refused(node, "expected a single value");
        }
        return scalar.getValue();
    }

    /** Returns what a function gives; what it refuses stands at a node. */
    <T> T at(Node node, Supplier<T> asked) {
        try {
            return asked.get();
        } catch (Refused e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new Refused(where(node) + e.getMessage(), e);
        }
    }

    IllegalArgumentException refused(Node node, String why) {
        return new Refused(where(node) + why, null);
    }

    private String where(Node node) {
        return file + ", line "
                + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1) + ": ";
    }

    /** A refusal that names its line already. */
    private static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
