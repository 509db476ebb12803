package io.heimdall.app.configuration;

import io.heimdall.app.configuration.SettingsFile.Given;
import io.heimdall.dataset.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was set by a file and the environment; the environment goes before the file.
 *
 * <p>A secret may also stand in a file of its own, which the variable with {@code _FILE} behind its name names, as
 * Docker's secrets do.
 */
public final class Configuration {

    /** Names a file to be read where no {@code --config} is typed. */
    public static final String FILE_VARIABLE = "HEIMDALL_CONFIG";

    private static final String IN_FILE = "_FILE";
    private static final String OURS = "HEIMDALL_";

    /** How variables of ours begin that are no settings: the launcher's, and those of the scripts in {@code dev}. */
    private static final List<String> OF_SCRIPTS =
            List.of(FILE_VARIABLE, "HEIMDALL_JAVA_OPTS", "HEIMDALL_DEV_", "HEIMDALL_BENCH_", "HEIMDALL_MLFLOW_");

    private final Map<String, String> variables;
    private final Map<Setting, Given> file;

    private Configuration(Map<String, String> variables, Map<Setting, Given> file) {
        this.variables = variables;
        this.file = file;
    }

    /**
     * Reads the file, if there is one, and the files that hold secrets.
     *
     * @param typed the file that {@code --config} names; else {@code HEIMDALL_CONFIG} may name one
     * @param environment the process's variables
     * @throws IllegalArgumentException if a file cannot be understood; names the file and the line
     * @throws IOException if one cannot be read
     */
    public static Configuration read(Optional<Path> typed, Map<String, String> environment) throws IOException {
        Optional<Path> path = typed.or(() -> value(environment, FILE_VARIABLE).map(Path::of));
        Map<Setting, Given> file = path.isPresent() ? SettingsFile.read(path.get()) : Map.of();
        Map<String, String> variables = new HashMap<>(environment);
        for (Setting setting : Setting.all()) {
            String name = setting.variable();
            Optional<String> value = value(environment, name);
            if (value.isEmpty() && setting.secret()) {
                value = secret(name, environment);
            }
            if (value.isEmpty()) {
                value = Optional.ofNullable(file.get(setting)).map(Given::value);
            }
            value.ifPresent(text -> variables.put(name, text));
        }
        return new Configuration(Map.copyOf(variables), file);
    }

    /** Returns the environment as it would be had the file's settings been exported. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Returns what is set for an option of a command, such as {@code --epochs} of {@code train}. */
    public Optional<String> option(String command, String name) {
        return Setting.all().stream()
                .filter(setting -> setting.isOption(command, name))
                .flatMap(setting -> value(variables, setting.variable()).stream())
                .findFirst();
    }

    /**
     * Returns a message about a value, and where the value comes from if it was not typed: messages name a variable, an
     * option or the thing itself.
     */
    public String explained(String message) {
        StringBuilder text = new StringBuilder(message);
        for (Setting setting : Setting.all()) {
            if (value(variables, setting.variable())
                    .filter(value -> isAbout(message, setting, value))
                    .isPresent()) {
                text.append(" (").append(origin(setting)).append(')');
            }
        }
        return text.toString();
    }

    /** Returns the variables that begin as ours do and are none of them, each with the one that may be meant. */
    public Map<String, String> unknownVariables() {
        List<String> known = Setting.all().stream().map(Setting::variable).toList();
        Map<String, String> unknown = new HashMap<>();
        for (String name : variables.keySet()) {
            boolean secretFile =
                    name.endsWith(IN_FILE) && known.contains(name.substring(0, name.length() - IN_FILE.length()));
            if (name.startsWith(OURS)
                    && !known.contains(name)
                    && !secretFile
                    && OF_SCRIPTS.stream().noneMatch(name::startsWith)) {
                unknown.put(name, Spelling.nearest(name, known));
            }
        }
        return unknown;
    }

    private String origin(Setting setting) {
        Given given = file.get(setting);
        boolean fromFile = given != null && given.value().equals(variables.get(setting.variable()));
        return fromFile
                ? setting.key() + " in " + given.file() + ", line " + given.line()
                : "the variable " + setting.variable();
    }

    private static boolean isAbout(String message, Setting setting, String value) {
        if (setting.option().isEmpty()) {
            return message.contains(setting.variable());
        }
        String thing = setting.option().get().substring(2).replace('-', ' ');
        return message.contains(value)
                && (message.contains("'" + setting.option().get() + "'") || message.contains(thing));
    }

    private static Optional<String> secret(String name, Map<String, String> environment) throws IOException {
        Optional<String> path = value(environment, name + IN_FILE);
        return path.isEmpty()
                ? path
                : Optional.of(Files.readString(Path.of(path.get())).strip());
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns the names of what is set, without any value. */
    @Override
    public String toString() {
        return Setting.all().stream()
                .filter(setting -> value(variables, setting.variable()).isPresent())
                .map(Setting::key)
                .toList()
                .toString();
    }
}
