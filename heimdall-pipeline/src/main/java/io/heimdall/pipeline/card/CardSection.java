package io.heimdall.pipeline.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A section of a model card.
 *
 * @param title of the section
 * @param lines one paragraph each
 * @param header names of the table's columns; empty without a table
 * @param rows of the table, as many cells as columns each
 */
record CardSection(String title, List<String> lines, List<String> header, List<List<String>> rows) {

    /** Copies the lists. */
    CardSection {
        lines = List.copyOf(lines);
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    static CardSection text(String title, List<String> lines) {
        return new CardSection(title, lines, List.of(), List.of());
    }

    static CardSection facts(String title, Map<String, String> facts) {
        return new CardSection(
                title,
                List.of(),
                List.of("fact", "value"),
                facts.entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList());
    }

    /** Returns the section as Markdown. */
    String markdown() {
        List<String> text = new ArrayList<>(List.of("## " + title, ""));
        lines.forEach(line -> text.addAll(List.of(escaped(line), "")));
        if (!header.isEmpty()) {
            text.add(row(header));
            text.add("|" + "---|".repeat(header.size()));
            rows.forEach(cells -> text.add(row(cells)));
            text.add("");
        }
        return String.join("\n", text);
    }

    private static String row(List<String> cells) {
        return "| "
                + String.join(" | ", cells.stream().map(CardSection::escaped).toList()) + " |";
    }

    /** Names of stations and sources are people's: they make neither columns nor HTML. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replaceAll("\\R", " ");
    }
}
