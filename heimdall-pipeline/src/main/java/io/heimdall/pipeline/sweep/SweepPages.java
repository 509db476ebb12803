package io.heimdall.pipeline.sweep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.report.Scatter;
import io.heimdall.pipeline.report.ScatterPng;
import io.heimdall.pipeline.report.TrialsPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The result of a sweep as files: a page, a picture, JSON. */
public final class SweepPages {
    private SweepPages() {}

    static void write(SweepFolder folder, SweepPlan plan, SweepState state) throws IOException {
        WholeFile.write(
                folder.result("json"),
                new JsonMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(SweepSummary.of(folder, plan, state)));
        Optional<byte[]> picture = picture(plan, state);
        if (picture.isPresent()) {
            WholeFile.write(folder.result("png"), picture.get());
        }
        TrialsPage.write(
                folder.result("html"),
                "Sweep " + folder.name(),
                facts(plan, state),
                influences(plan, state),
                columns(plan),
                rows(plan, state),
                picture);
    }

    /** Returns what mattered so far as a PNG: the metric at the first rung against each setting; empty before the first result. */
    public static Optional<byte[]> picture(SweepPlan plan, SweepState state) {
        List<Scatter> panels = panels(plan, state);
        return panels.isEmpty() ? Optional.empty() : Optional.of(ScatterPng.encoded(panels));
    }

    private static Map<String, String> facts(SweepPlan plan, SweepState state) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("trials", Integer.toString(state.trials().size()));
        facts.put("network", plan.base().network());
        facts.put("epochs of the rungs", plan.asha().rungs().toString());
        facts.put("of a rung goes on", "1 of " + plan.asha().factor());
        facts.put("choice", plan.choice().word() + ", seed " + plan.seed());
        facts.put("space", plan.space().text().strip().replace("\n", "; "));
        state.best()
                .ifPresent(best -> facts.put(
                        "best",
                        "trial " + best.number() + ", " + number(best.metric().orElseThrow()) + " after "
                                + best.epochs() + " epochs: " + best.settings()));
        state.last().ifPresent(last -> facts.put("trained on folds", "run " + last.runId()));
        return facts;
    }

    private static Map<String, String> influences(SweepPlan plan, SweepState state) {
        Map<String, String> influences = new LinkedHashMap<>();
        Influence.of(plan.space(), state.trials())
                .forEach(setting -> influences.put(
                        setting.getKey(),
                        setting.getValue().strength().isPresent()
                                ? number(setting.getValue().strength().getAsDouble())
                                        + (setting.getValue().words() ? " (correlation ratio)" : " (rank correlation)")
                                : "unknown"));
        return influences;
    }

    private static List<String> columns(SweepPlan plan) {
        List<String> columns = new ArrayList<>(List.of("trial", "state"));
        plan.asha().rungs().forEach(epoch -> columns.add("epoch " + epoch));
        columns.addAll(plan.space().dimensions().keySet());
        columns.add("run");
        return columns;
    }

    private static List<TrialsPage.Row> rows(SweepPlan plan, SweepState state) {
        int best = state.best().map(Trial::number).orElse(0);
        return state.trials().stream()
                .sorted(Comparator.comparingDouble(
                        (Trial trial) -> trial.metric().orElse(Double.POSITIVE_INFINITY)))
                .map(trial -> {
                    List<String> cells = new ArrayList<>(List.of(Integer.toString(trial.number()), plan.state(trial)));
                    for (int rung = 0; rung < plan.asha().rungs().size(); rung++) {
                        cells.add(
                                rung < trial.results().size()
                                        ? number(trial.results().get(rung).metric())
                                        : "");
                    }
                    trial.values().values().forEach(value -> cells.add(String.valueOf(value)));
                    cells.add(trial.failure().orElse(trial.runId().orElse("")));
                    return new TrialsPage.Row(cells, trial.number() == best);
                })
                .toList();
    }

    private static List<Scatter> panels(SweepPlan plan, SweepState state) {
        List<Trial> judged = state.trials().stream()
                .filter(trial -> !trial.results().isEmpty())
                .toList();
        if (judged.isEmpty()) {
            return List.of();
        }
        int best = state.best().map(Trial::number).orElse(0);
        List<Scatter> panels = new ArrayList<>();
        plan.space().dimensions().forEach((name, dimension) -> {
            boolean numbers =
                    judged.stream().map(trial -> trial.values().get(name)).allMatch(Number.class::isInstance);
            List<String> words = numbers ? List.of() : words(dimension, judged, name);
            List<Scatter.Dot> dots = judged.stream()
                    .map(trial -> new Scatter.Dot(
                            numbers
                                    ? ((Number) trial.values().get(name)).doubleValue()
                                    : words.indexOf(
                                            String.valueOf(trial.values().get(name))),
                            trial.results().get(0).metric(),
                            trial.number() == best))
                    .toList();
            boolean log = dimension instanceof Dimension.Interval interval && interval.log();
            panels.add(new Scatter(name, words, log, dots));
        });
        return panels;
    }

    /** In the order of the space, as a person has written it. */
    private static List<String> words(Dimension dimension, List<Trial> trials, String name) {
        List<Object> order = dimension instanceof Dimension.Values values ? values.all() : List.of();
        return order.stream()
                .filter(value -> trials.stream()
                        .anyMatch(trial -> Objects.equals(trial.values().get(name), value)))
                .map(String::valueOf)
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
