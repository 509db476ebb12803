package io.heimdall.app.configuration;

import io.heimdall.app.configuration.SettingsFile.Given;
import io.heimdall.dataset.Spelling;
import io.heimdall.files.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a file and of the environment. The environment wins over the file.
 *
 * <p>A secret may also be in a file of its own: the variable with the suffix {@code _FILE} names the file, as with
 * Docker's secrets.
 */
public final class Configuration {

    /** Names a file to be read where no {@code --config} is typed. */
    public static final String FILE_VARIABLE = "HEIMDALL_CONFIG";

    private static final String IN_FILE = "_FILE";
    private static final String OURS = "HEIMDALL_";

    /** How variables of ours begin that are no settings: the launcher's, the maps', and those of the scripts in {@code dev}. */
    private static final List<String> OTHERS = List.of(
            FILE_VARIABLE,
            "HEIMDALL_JAVA_OPTS",
            "HEIMDALL_MAP_TILES",
            "HEIMDALL_DEV_",
            "HEIMDALL_BENCH_",
            "HEIMDALL_MLFLOW_");

    private final Map<String, String> variables;
    private final Map<Setting, Given> file;
    private final Optional<Path> path;

    private Configuration(Map<String, String> variables, Map<Setting, Given> file, Optional<Path> path) {
        this.variables = variables;
        this.file = file;
        this.path = path;
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
        Optional<Path> path =
                typed.or(() -> Variables.value(environment, FILE_VARIABLE).map(Path::of));
        Map<Setting, Given> file = path.isPresent() ? SettingsFile.read(path.get()) : Map.of();
        Map<String, String> variables = new HashMap<>(environment);
        for (Setting setting : Setting.all()) {
            String name = setting.variable();
            Optional<String> value = Variables.value(environment, name);
            if (value.isEmpty() && setting.secret()) {
                value = secret(name, environment);
            }
            if (value.isEmpty()) {
                value = Optional.ofNullable(file.get(setting)).map(Given::value);
            }
            value.ifPresent(text -> variables.put(name, text));
        }
        return new Configuration(Map.copyOf(variables), file, path);
    }

    /** Returns the environment as it would be had the file's settings been exported. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Returns the file that was read, if there was one. */
    public Optional<Path> file() {
        return path;
    }

    /** Returns what is set for an option of a command, such as {@code --epochs} of {@code train}. */
    public Optional<String> option(String command, String name) {
        return Setting.all().stream()
                .filter(setting -> setting.isOption(command, name))
                .flatMap(setting -> Variables.value(variables, setting.variable()).stream())
                .findFirst();
    }

    /**
     * Returns a message about settings, and where each of them is set.
     *
     * @param settings environment variables, or options without their dashes; what is not set here is passed over
     */
    public String explained(String message, Collection<String> settings) {
        StringBuilder text = new StringBuilder(message);
        for (Setting setting : Setting.all()) {
            if (settings.stream().anyMatch(setting::isCalled)
                    && Variables.value(variables, setting.variable()).isPresent()) {
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
                    && OTHERS.stream().noneMatch(name::startsWith)) {
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

    private static Optional<String> secret(String name, Map<String, String> environment) throws IOException {
        Optional<String> path = Variables.value(environment, name + IN_FILE);
        return path.isEmpty()
                ? path
                : Optional.of(Files.readString(Path.of(path.get())).strip());
    }

    /** Returns the names of what is set, without any value. */
    @Override
    public String toString() {
        return Setting.all().stream()
                .filter(setting ->
                        Variables.value(variables, setting.variable()).isPresent())
                .map(Setting::key)
                .toList()
                .toString();
    }
}
