package io.heimdall.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the manual page from the command model, in the macros of man(7). */
final class ManualPage {
    private final List<String> lines = new ArrayList<>();

    private ManualPage() {}

    /** Returns the page: the program, then each command with its options and examples. */
    static String of(CommandSpec root) {
        ManualPage page = new ManualPage();
        List<String> about = HelpText.lines(root.usageMessage().description());
        page.lines.add(".TH " + root.name().toUpperCase(Locale.ROOT) + " 1 \"\" \"" + escaped(version(root)) + "\"");
        page.section("NAME");
        page.text(root.name() + " - " + HelpText.sentence(about));
        page.section("SYNOPSIS");
        page.lines.add(".B " + root.name());
        page.lines.add("\\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...");
        page.section("DESCRIPTION");
        about.forEach(page::text);
        page.arguments(root);
        page.section("COMMANDS");
        HelpText.commands(root).forEach(page::command);
        page.section("EXIT STATUS");
        page.text("0 done, 1 failed, 2 wrong usage.");
        page.section("ENVIRONMENT");
        page.entry("\\fBHEIMDALL_CONFIG\\fR", List.of("Settings file in place of --config."));
        page.entry("\\fBHEIMDALL_JAVA_OPTS\\fR", List.of("Further options for Java, for instance -Xmx8g."));
        return String.join("\n", page.lines) + "\n";
    }

    private static String version(CommandSpec root) {
        String[] lines = root.version();
        return lines.length == 0 ? root.name() : String.format(lines[0]);
    }

    private void command(CommandSpec command) {
        lines.add(".SS " + escaped(command.qualifiedName()));
        for (String line : HelpText.lines(command.usageMessage().description())) {
            text(line);
            lines.add(".br");
        }
        arguments(command);
        List<String> examples = HelpText.lines(command.usageMessage().footer());
        if (!examples.isEmpty()) {
            lines.add(".PP");
            text("Examples:");
            lines.add(".PP");
            lines.add(".nf");
            examples.forEach(this::text);
            lines.add(".fi");
        }
    }

    private void arguments(CommandSpec command) {
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            entry("\\fI" + escaped(parameter.paramLabel()) + "\\fR", HelpText.lines(parameter));
        }
        for (OptionSpec option : HelpText.options(command)) {
            List<String> names = List.of(option.names()).stream()
                    .map(name -> "\\fB" + escaped(name) + "\\fR")
                    .toList();
            String value = option.arity().max() > 0 ? "=\\fI" + escaped(option.paramLabel()) + "\\fR" : "";
            entry(String.join(", ", names) + value, HelpText.lines(option));
        }
    }

    private void entry(String title, List<String> text) {
        lines.add(".TP");
        lines.add(title);
        text.forEach(this::text);
    }

    private void section(String title) {
        lines.add(".SH " + title);
    }

    /** Adds a line; one that begins with a dot or an apostrophe would be a macro. */
    private void text(String line) {
        String escaped = escaped(line);
        lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
