package io.heimdall.app.configuration;

import io.heimdall.dataset.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the YAML file: sections of keys, a scalar each. Only known keys, each once; no tags or types are built. */
final class SettingsFile {

    private final Path file;
    private final Map<Setting, Given> given = new LinkedHashMap<>();

    private SettingsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException naming file and line of what is not YAML, not known, or not a single value
     * @throws IOException if it cannot be read
     */
    static Map<Setting, Given> read(Path file) throws IOException {
        SettingsFile reading = new SettingsFile(file);
        YamlEntries.compose(file).ifPresent(root -> reading.section("", root));
        return reading.given;
    }

    private void section(String name, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused(
                    node,
                    (name.isEmpty() ? "the file" : "'" + name + "'") + " holds no keys; expected lines of"
                            + " the form 'key: value'");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode word)) {
                throw refused(entry.getKeyNode(), "a key is a single word");
            }
            String key = name.isEmpty() ? word.getValue() : name + "." + word.getValue();
            Optional<Setting> setting = Setting.ofKey(key);
            if (setting.isPresent()) {
                value(setting.get(), word, entry.getValueNode());
            } else if (Setting.all().stream().anyMatch(known -> known.key().startsWith(key + "."))) {
                if (!isEmpty(entry.getValueNode())) {
                    section(key, entry.getValueNode());
                }
            } else {
                throw refused(word, "unknown key '" + key + "'; " + advice(key));
            }
        }
    }

    private void value(Setting setting, ScalarNode word, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw refused(node, "'" + setting.key() + "' holds more than a single value");
        }
        Given before = given.get(setting);
        if (before != null) {
            throw refused(word, "'" + setting.key() + "' is in line " + before.line() + ", too");
        }
        if (!isEmpty(node)) {
            given.put(setting, new Given(scalar.getValue(), file, line(word)));
        }
    }

    /** A key with nothing behind it is not set. */
    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    private IllegalArgumentException refused(Node node, String why) {
        return new IllegalArgumentException(file + ", line " + line(node) + ": " + why);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static String advice(String key) {
        Set<String> known = new TreeSet<>();
        for (Setting setting : Setting.all()) {
            known.add(setting.key());
            if (setting.key().contains(".")) {
                known.add(setting.key().substring(0, setting.key().indexOf('.')));
            }
        }
        return Spelling.meant(key, known)
                .map(meant -> "did you mean '" + meant + "'?")
                .orElse("docs/CONFIGURATION.md lists the keys");
    }

    /** A value and where it stands. */
    record Given(String value, Path file, int line) {}
}
