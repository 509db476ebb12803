package io.heimdall.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.heimdall.app.Printable;
import io.heimdall.app.configuration.Configuration;
import io.heimdall.files.SettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The streams that a command writes to, and the options that all commands have.
 *
 * <p>Results go to standard output: as text, or with {@code --json} as one JSON object a line. Everything else, also
 * the text beside the JSON, goes to standard error.
 */
public final class Output {
    private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    @Option(names = "--json", description = "Print the result as JSON, on the last line of standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Log details, and show the stack trace of an error.")
    private boolean debug; // Heimdall.run looks for it too, before anything is parsed

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final Configuration configuration;

    /** Makes the output of a command; picocli calls it for a {@link Mixin}. */
    public Output(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Returns what was set instead of typed. */
    Configuration configuration() {
        return configuration;
    }

    /** Returns whether the user wants JSON. */
    boolean json() {
        return json;
    }

    /** Prints a line of the result for people; beside JSON it goes to standard error. */
    void say(String line) {
        (json ? err() : command.commandLine().getOut()).println(Printable.line(line));
    }

    /** Prints a file's text, which ends with a line's end, as it is; nothing beside JSON. */
    void text(String text) {
        if (!json) {
            command.commandLine().getOut().print(text);
            command.commandLine().getOut().flush();
        }
    }

    /** Prints {@code result} as one line of JSON if the user wants it. */
    void json(Object result) {
        if (json) {
            command.commandLine().getOut().println(line(result));
        }
    }

    /** Prints a message that is not part of the result. */
    void note(String line) {
        err().println(Printable.line(line));
    }

    /** Prints what a recording's reader warns of. */
    void warn(String recording, List<String> warnings) {
        warnings.forEach(warning -> note(recording + ": warning: " + warning));
    }

    /**
     * Starts to show progress, to be closed when the work has ended.
     *
     * @param task what is going on: {@code Simulating}
     * @param total number of steps
     */
    Progress progress(String task, long total) {
        return Boolean.getBoolean("heimdall.terminal")
                ? new BarProgress(task, total, err())
                : new LineProgress(task, total, err(), LineProgress.INTERVAL);
    }

    /** Work that may refuse what the user typed. */
    interface Asked<T> {
        T get() throws IOException;
    }

    /**
     * Returns what {@code asked} returns; where it refuses its arguments, they are the user's.
     *
     * @throws ParameterException in the place of an {@link IllegalArgumentException}
     * @throws IOException if {@code asked} throws it
     */
    <T> T usage(Asked<T> asked) throws IOException {
        try {
            return asked.get();
        } catch (SettingException e) {
            List<String> configured =
                    e.settings().stream().filter(setting -> !isTyped(setting)).toList();
            throw new ParameterException(command.commandLine(), configuration.explained(e.getMessage(), configured), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private boolean isTyped(String option) {
        ParseResult parsed = command.commandLine().getParseResult();
        return parsed != null && parsed.hasMatchedOption("--" + option);
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }

    private static String line(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("result cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
