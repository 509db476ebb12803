package io.heimdall.app.command;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the completion script of bash and zsh: picocli's, with its lists of values named by option. Picocli names them by the
 * label of the value, so that of all options of a command with {@code NAME} it completes the words of the last.
 */
final class BashCompletion {
    /** {@code local NAME_option_args=("set" "small") # --network values}. */
    private static final Pattern VALUES = Pattern.compile("( *local )\\w+_option_args=(\\(.*\\)) # (-[\\w-]+) values");

    /** {@code '-n'|'--network')}. */
    private static final Pattern CASE = Pattern.compile(" +('?-[\\w-]+'?\\|)*'?-[\\w-]+'?\\)");

    private static final Pattern USE = Pattern.compile("\\$\\{\\w+_option_args\\[@]}");
    private static final String NO_VALUES = "(\"\")";

    private BashCompletion() {}

    /** Returns the script. */
    static String of(CommandSpec root) {
        StringJoiner script = new StringJoiner("\n", "", "\n");
        Map<String, String> values = new HashMap<>();
        String option = "";
        for (String line : AutoComplete.bash(root.name(), root.commandLine()).split("\n")) {
            Matcher list = VALUES.matcher(line);
            if (list.matches()) {
                values.put(list.group(3), list.group(2));
                line = list.group(1) + variable(list.group(3)) + "=" + list.group(2);
            } else if (CASE.matcher(line).matches()) {
                option = line.replaceAll("[' )]", "").replaceFirst(".*\\|", "");
            } else if (USE.matcher(line).find()) {
                line = NO_VALUES.equals(values.get(option))
                        ? "      COMPREPLY=()" // the shell takes names of files
                        : USE.matcher(line).replaceAll("\\${" + variable(option) + "[@]}");
            }
            script.add(line);
        }
        return script.toString();
    }

    private static String variable(String option) {
        return option.replaceAll("^-+", "").replace('-', '_') + "_option_args";
    }
}
