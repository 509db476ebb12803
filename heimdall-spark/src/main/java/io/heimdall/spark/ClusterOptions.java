package io.heimdall.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Printable;
import io.heimdall.app.configuration.Configuration;
import io.heimdall.dataset.Workspace;
import io.heimdall.servers.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all commands have, and the streams that they write to; for a {@link Mixin}. */
final class ClusterOptions {
    private static final String WORKSPACE = "HEIMDALL_WORKSPACE";
    private static final String MASTER = "spark.master";
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "The cluster: local[N] for N threads of this process, spark://HOST:PORT, yarn, or what else"
                    + " spark-submit takes (default: that of spark-submit, else local[*]).")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark's, such as spark.executor.memory=4g; may be given several times.")
    private Map<String, String> settings = new HashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "Settings file, as for heimdall.")
    private Path config;

    @Option(names = "--json", description = "Print the result as JSON, on the last line of standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Log details, and show the stack trace of an error.")
    private boolean debug; // SparkMain looks for it, before the first logger exists

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final Map<String, String> environment;

    ClusterOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the variables that settings are taken from, the file's among them. */
    Map<String, String> variables() throws IOException {
        try {
            return Configuration.read(Optional.ofNullable(config), environment).variables();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** Opens the workspace that was typed, or else the one that is configured; made where servers have the sessions. */
    Workspace workspace(Path typed) throws IOException {
        Path directory = directory(typed);
        return Servers.named(variables()) ? Workspace.openOrCreate(directory) : Workspace.open(directory);
    }

    /** Returns the directory of the workspace that was typed, or else of the one that is configured. */
    Path directory(Path typed) throws IOException {
        String configured = variables().getOrDefault(WORKSPACE, "").strip();
        if (typed == null && configured.isEmpty()) {
            throw wrong("Missing required option: '--workspace=DIR'");
        }
        return typed == null ? Path.of(configured) : typed;
    }

    /** Refuses a file that cannot be written, before anything is done for it. */
    void checkOutput(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw wrong(option + " " + file + " is a directory; expected a file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw wrong(option + " " + file + ": there is no directory " + folder);
        }
    }

    /** Refuses two options that name the same file. */
    void checkApart(String option, Path file, String otherOption, Path other) throws IOException {
        if (realPath(file).equals(realPath(other))) {
            throw wrong(option + " " + file + " is the file of " + otherOption + ", too; expected two files");
        }
    }

    private static Path realPath(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    /** Starts the application of a command. */
    Cluster open() throws IOException {
        SparkConf conf = new SparkConf(); // what spark-submit has set
        settings.forEach(conf::set);
        if (master != null) {
            conf.setMaster(master);
        }
        conf.setIfMissing(MASTER, "local[*]");
        conf.setIfMissing("spark.app.name", command.qualifiedName(" "));
        // Its page listens on all networks; who wants it says so.
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        String url = conf.get(MASTER);
        if (url.startsWith("local") || url.contains(LOOPBACK) || url.contains("//localhost")) {
            conf.setIfMissing("spark.driver.host", LOOPBACK);
            conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        }
        return Cluster.open(conf, keys(url));
    }

    /** Lets tasks that are threads of this process have the keys, and returns what ends it. */
    private Runnable keys(String url) throws IOException {
        Map<String, String> variables = variables();
        if (url.equals("local") || url.startsWith("local[")) {
            return LocalSecrets.share(variables);
        }
        List<String> left = LocalSecrets.names(variables).stream()
                .filter(name -> !environment.containsKey(name) && !environment.containsKey(name + "_FILE"))
                .toList();
        if (!left.isEmpty()) {
            note("not sent to the workers: " + String.join(", ", left)
                    + " of the settings file; set them in the workers' environment");
        }
        return () -> {};
    }

    /** Returns the refusal of what was typed. */
    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** Prints a line of the result for people; beside JSON it goes to standard error. */
    void say(String line) {
        (json ? err() : command.commandLine().getOut()).println(Printable.line(line));
    }

    /** Prints a message that is not part of the result. */
    void note(String line) {
        err().println(Printable.line(line));
    }

    /** Prints the result as one line of JSON if the user wants it. */
    void json(Map<String, ?> result) {
        if (json) {
            try {
                command.commandLine().getOut().println(new ObjectMapper().writeValueAsString(result));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("result cannot be written as JSON: " + e.getOriginalMessage(), e);
            }
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
