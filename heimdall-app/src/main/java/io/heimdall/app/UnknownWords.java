package io.heimdall.app;

import io.heimdall.dataset.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains words that a command does not know, with the nearest that it knows. */
final class UnknownWords {
    private UnknownWords() {}

    /**
     * Returns the message of a refusal by picocli. Its first unknown option or command is named alone, since the words behind
     * may be values of it; an option that is missed may be there under a mistyped name.
     */
    static String explained(ParameterException refusal) {
        CommandLine command = refusal.getCommandLine();
        if (refusal instanceof UnmatchedArgumentException unmatched) {
            return option(command, unmatched.getUnmatched())
                    .or(() -> subcommand(command, unmatched.getUnmatched()))
                    .orElse(refusal.getMessage());
        }
        return refusal instanceof MissingParameterException
                ? refusal.getMessage()
                        + option(command, command.getUnmatchedArguments())
                                .map(unknown -> "; " + unknown)
                                .orElse("")
                : refusal.getMessage();
    }

    private static Optional<String> option(CommandLine command, List<String> unmatched) {
        Map<String, String> known = options(command);
        return unmatched.stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.contains("=") ? word.substring(0, word.indexOf('=')) : word)
                .findFirst()
                .map(word -> "unknown option '" + word + "'" + advice(bare(word), known));
    }

    private static Optional<String> subcommand(CommandLine command, List<String> unmatched) {
        if (command.getSubcommands().isEmpty()) {
            return Optional.empty();
        }
        String word = unmatched.get(0);
        Map<String, String> known = options(command); // 'heimdall help' means 'heimdall --help'
        command.getSubcommands().keySet().forEach(name -> known.put(name, name));
        return Optional.of("unknown command '" + word + "'" + advice(word, known));
    }

    private static Map<String, String> options(CommandLine command) {
        Map<String, String> known = new LinkedHashMap<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                known.put(bare(option.longestName()), option.longestName());
            }
        }
        return known;
    }

    private static String bare(String option) {
        return option.replaceFirst("^-+", "");
    }

    private static String advice(String word, Map<String, String> known) {
        return Spelling.meant(word, known.keySet())
                .map(meant -> "; did you mean '" + known.get(meant) + "'?")
                .orElse("");
    }
}
