package io.heimdall.app.configuration;

import io.heimdall.dataset.split.FoldRule;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.FieldType;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.sweep.Asha;
import io.heimdall.pipeline.sweep.Choice;
import io.heimdall.pipeline.sweep.Dimension;
import io.heimdall.pipeline.sweep.Space;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the YAML file that says what a sweep varies. */
public final class SpaceFile {
    /** The least factor of the rungs. */
    public static final int LEAST_FACTOR = 2;

    /** The largest factor of the rungs. */
    public static final int MOST_FACTOR = 100;

    private static final List<String> KEYS =
            List.of("metric", "choice", "seed", "rungs", "factor", "base", "space", "final");
    private static final List<String> OF_INTERVAL = List.of("min", "max", "log", "step");
    private static final int USUAL_FACTOR = 3;
    private static final int USUAL_FOLDS = 5;

    private final YamlEntries yaml;
    private final List<String> variable;

    private SpaceFile(String name) {
        yaml = new YamlEntries(name);
        variable = SweepPlan.variable(
                TrainingFields.table().names(), FilterFields.table().names());
    }

    /**
     * Reads a file.
     *
     * @param configured settings of the trials for which the file says nothing
     * @throws IllegalArgumentException naming file and line of what cannot be used, with the nearest key for an unknown one
     * @throws IOException if it cannot be read
     */
    public static SweepPlan read(Path file, TrainingSettings configured) throws IOException {
        return new SpaceFile(file.toString()).plan(YamlEntries.compose(file), configured);
    }

    /**
     * Reads the text of a file.
     *
     * @param name of it, for messages
     * @throws IllegalArgumentException as {@link #read} does
     */
    public static SweepPlan parse(String name, String text, TrainingSettings configured) {
        return new SpaceFile(name).plan(YamlEntries.compose(name, text), configured);
    }

    private SweepPlan plan(Optional<Node> read, TrainingSettings configured) {
        Node root = read.orElseThrow(() -> new IllegalArgumentException(yaml.file() + " is empty; expected a 'space'"));
        Map<String, YamlEntries.Entry> entries = yaml.entries(root, "the file");
        entries.forEach((key, entry) -> yaml.known(key, entry, KEYS));
        if (!entries.containsKey("space")) {
            throw yaml.refused(root, "there is no 'space', the settings to vary");
        }
        Optional<YamlEntries.Entry> metric = entry(entries, "metric");
        if (metric.isPresent() && !yaml.text(metric.get()).equals(EpochMetric.VALIDATION_NLL.key())) {
            throw yaml.refused(
                    metric.get().value(),
                    "the metric is '" + yaml.text(metric.get()) + "', expected " + EpochMetric.VALIDATION_NLL.key());
        }
        TrainingSettings base = base(entry(entries, "base"), configured);
        Space space = space(entries.get("space"));
        Choice choice = entry(entries, "choice")
                .map(entry -> yaml.at(entry.value(), () -> Choice.named(yaml.text(entry))))
                .orElse(Choice.SOBOL);
        long seed = entry(entries, "seed")
                .map(entry -> whole(entry, Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(1L);
        int factor = entry(entries, "factor")
                .map(entry -> whole(entry, LEAST_FACTOR, MOST_FACTOR).intValue())
                .orElse(USUAL_FACTOR);
        Node rungsAt = entry(entries, "rungs").map(YamlEntries.Entry::value).orElse(root);
        List<Integer> rungs = rungs(entry(entries, "rungs"), base.plan().epochs(), factor);
        int folds = folds(entry(entries, "final"));
        return yaml.at(rungsAt, () -> new SweepPlan(base, space, choice, seed, new Asha(rungs, factor), folds));
    }

    private static Optional<YamlEntries.Entry> entry(Map<String, YamlEntries.Entry> entries, String key) {
        return Optional.ofNullable(entries.get(key));
    }

    private List<Integer> rungs(Optional<YamlEntries.Entry> given, int epochs, int factor) {
        if (given.isEmpty()) {
            return Asha.usualRungs(epochs, factor);
        }
        List<Integer> rungs = new ArrayList<>();
        for (Node item : items(given.get(), "a list of epochs such as [5, 15]")) {
            rungs.add(yaml.at(item, () -> admitted(Whole.in(1, epochs), yaml.text(item)))
                    .intValue());
        }
        if (rungs.isEmpty() || rungs.get(rungs.size() - 1) != epochs) {
            rungs.add(epochs);
        }
        return rungs;
    }

    private int folds(Optional<YamlEntries.Entry> given) {
        if (given.isEmpty()) {
            return USUAL_FOLDS;
        }
        Map<String, YamlEntries.Entry> entries = yaml.entries(given.get().value(), "'final'");
        entries.forEach((key, entry) -> yaml.known(key, entry, List.of("folds")));
        return entry(entries, "folds")
                .map(entry -> whole(entry, FoldRule.FEWEST, FoldRule.MOST).intValue())
                .orElse(USUAL_FOLDS);
    }

    private TrainingSettings base(Optional<YamlEntries.Entry> given, TrainingSettings configured) {
        if (given.isEmpty()) {
            return configured;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        yaml.entries(given.get().value(), "'base'").forEach((key, entry) -> {
            Field<TrainingSettings, ?> field =
                    field(key, entry, TrainingFields.table().names());
            String text = entry.value() instanceof SequenceNode list
                    ? String.join(",", list.getValue().stream().map(yaml::text).toList())
                    : yaml.text(entry);
            values.put(field.name(), yaml.at(entry.value(), () -> value(field, key, text)));
        });
        return yaml.at(
                given.get().value(),
                () -> SettingsCheck.of(TrainingFields.table().asked(values, configured, TrainingSettings.seeded(1))));
    }

    private Space space(YamlEntries.Entry given) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        yaml.entries(given.value(), "'space'").forEach((key, entry) -> {
            Field<TrainingSettings, ?> field = field(key, entry, variable);
            Dimension dimension = yaml.at(entry.value(), () -> dimension(field, key, entry));
            if (dimensions.put(field.name(), dimension) != null) {
                throw yaml.refused(entry.key(), "'" + field.name() + "' is there twice");
            }
        });
        return yaml.at(given.value(), () -> new Space(dimensions));
    }

    private Dimension dimension(Field<TrainingSettings, ?> field, String key, YamlEntries.Entry entry) {
        if (entry.value() instanceof SequenceNode list) {
            return new Dimension.Values(list.getValue().stream()
                    .map(item -> yaml.at(item, () -> value(field, key, yaml.text(item))))
                    .distinct()
                    .toList());
        }
        boolean whole = field.type() instanceof Whole;
        if (!whole && !(field.type() instanceof Decimal)) {
            throw yaml.refused(entry.value(), "'" + key + "' is no number: expected a list of its values");
        }
        Map<String, YamlEntries.Entry> ends = yaml.entries(entry.value(), "'" + key + "'");
        ends.forEach((name, end) -> yaml.known(name, end, OF_INTERVAL));
        if (!ends.containsKey("min") || !ends.containsKey("max")) {
            throw yaml.refused(
                    entry.value(), "'" + key + "' has no min or no max; expected {min: A, max: B} or a list");
        }
        return new Dimension.Interval(
                number(field, key, ends.get("min")),
                number(field, key, ends.get("max")),
                entry(ends, "log").map(this::flag).orElse(false),
                entry(ends, "step").map(this::step).orElse(0.0),
                whole);
    }

    private double number(Field<TrainingSettings, ?> field, String key, YamlEntries.Entry entry) {
        Object value = yaml.at(entry.value(), () -> value(field, key, yaml.text(entry)));
        if (!(value instanceof Number number)) { // Infinity is a word of JSON
            throw yaml.refused(entry.value(), "'" + yaml.text(entry) + "' is no end of an interval");
        }
        return number.doubleValue();
    }

    private boolean flag(YamlEntries.Entry entry) {
        return switch (yaml.text(entry)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw yaml.refused(entry.value(), "log is '" + yaml.text(entry) + "', expected true or false");
        };
    }

    private double step(YamlEntries.Entry entry) {
        return yaml.at(entry.value(), () -> admitted(Decimal.in("0", "1e9"), yaml.text(entry)));
    }

    private Long whole(YamlEntries.Entry entry, long least, long most) {
        return yaml.at(entry.value(), () -> admitted(Whole.in(least, most), yaml.text(entry)));
    }

    private List<Node> items(YamlEntries.Entry entry, String expected) {
        if (!(entry.value() instanceof SequenceNode list)) {
            throw yaml.refused(entry.value(), "expected " + expected);
        }
        return list.getValue();
    }

    /** The key is the setting's option, as in a configuration, or its name in JSON. */
    private Field<TrainingSettings, ?> field(String key, YamlEntries.Entry entry, List<String> allowed) {
        List<String> known = new ArrayList<>();
        for (Field<TrainingSettings, ?> field : TrainingFields.table().all()) {
            boolean called = field.name().equals(key)
                    || field.option().equals(key)
                    || field.name().replace('_', '-').equals(key);
            if (called && allowed.contains(field.name())) {
                return field;
            }
            if (called) {
                throw yaml.refused(
                        entry.key(),
                        "'" + key + "' is the same for all trials, or they could not be compared; say it in 'base'");
            }
            if (allowed.contains(field.name())) {
                known.add(field.option());
            }
        }
        throw yaml.refused(entry.key(), "unknown setting '" + key + "'; " + YamlEntries.advice(key, known));
    }

    /** A switch that is called by its option, {@code no-augmentation}, is off where the option is true. */
    private static Object value(Field<TrainingSettings, ?> field, String key, String text) {
        if (field.type() instanceof Flag flag && !key.equals(field.option())) {
            return flag.json(!flag.parse(text));
        }
        return json(field.type(), text);
    }

    private static <T> Object json(FieldType<T> type, String text) {
        return type.json(admitted(type, text));
    }

    private static <T> T admitted(FieldType<T> type, String text) {
        T value = type.parse(text);
        if (!type.admits(value)) {
            throw new IllegalArgumentException("'" + text + "' cannot be used; expected " + type.expected());
        }
        return value;
    }
}
