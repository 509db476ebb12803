package io.heimdall.pipeline.card;

import io.heimdall.export.ModelDescription;
import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.report.PageTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The card of a model: data, split, stations, errors, calibration, other methods, limits and use.
 *
 * @param title of the page
 * @param sections in the order in which they are read
 * @see <a href="https://doi.org/10.1145/3287560.3287596">Mitchell et al., Model cards for model reporting, 2019</a>
 */
public record ModelCard(String title, List<CardSection> sections) {
    /** Name of the Markdown file. */
    public static final String MARKDOWN = "MODEL_CARD.md";

    /** Name of the page. */
    public static final String HTML = "model_card.html";

    /** Copies the list. */
    public ModelCard {
        sections = List.copyOf(sections);
    }

    /**
     * Makes the card of a training.
     *
     * @param model name and version: {@code heimdall-localization, version 3}
     * @param facts of the training: run, best epoch, digest of the weights
     * @param description of the model file
     * @param splits as each member of the model sees the sessions
     * @param simulated whether the sessions are from a simulated world
     * @param evaluation on the test split; empty if it has no session
     */
    public static ModelCard of(
            String model,
            Map<String, String> facts,
            ModelDescription description,
            List<SplitSessions> splits,
            boolean simulated,
            Optional<Evaluation> evaluation) {
        CardData data = CardData.of(splits, simulated);
        List<CardSection> sections = new ArrayList<>();
        sections.add(CardSection.facts("Model", facts));
        sections.add(data.section(description));
        sections.add(data.split());
        sections.add(data.stationTable());
        evaluation.ifPresent(judged -> sections.addAll(new CardResults(judged).sections()));
        sections.add(data.limits(evaluation.isPresent()));
        sections.add(CardUse.section(description));
        return new ModelCard("Model card: " + model, sections);
    }

    /** Returns the card as Markdown. */
    public String markdown() {
        return "# " + title + "\n\n"
                + sections.stream().map(CardSection::markdown).collect(Collectors.joining("\n"));
    }

    /** Writes both files into a directory. */
    public void write(Path directory) throws IOException {
        WholeFile.write(directory.resolve(MARKDOWN), markdown());
        WholeFile.write(
                directory.resolve(HTML),
                PageTemplate.fill(
                        "/io/heimdall/pipeline/card/card.html",
                        Map.of(
                                "title",
                                title,
                                "sections",
                                sections.stream().map(ModelCard::values).toList())));
    }

    private static Map<String, Object> values(CardSection section) {
        return Map.of(
                "title",
                section.title(),
                "lines",
                section.lines(),
                "header",
                section.header(),
                "rows",
                section.rows().stream().map(cells -> Map.of("cells", cells)).toList());
    }
}
