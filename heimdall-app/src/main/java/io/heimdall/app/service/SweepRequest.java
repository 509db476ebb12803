package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.app.WholeNumbers;
import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.app.jobs.SweepOrder;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.pipeline.sweep.Choice;
import io.heimdall.pipeline.sweep.Dimension;
import io.heimdall.pipeline.sweep.SweepFolder;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads the body of a sweep: the space file as JSON, and what the command says by options.
 *
 * @param files that {@code pretrained} may name
 * @param defaults of trainings
 */
record SweepRequest(PretrainedFiles files, TrainingSettings defaults) {
    private static final List<String> KEYS = List.of(
            "name", "trials", "workers", "train_final", "choice", "seed", "rungs", "factor", "folds", "base", "space");
    private static final int MOST_RUNGS = 20;
    private static final int MOST_EPOCHS = 1_000_000;
    private static final String BASE = "base";
    private static final String SPACE = "space";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Returns the order.
     *
     * @param places for jobs that the workers have
     * @throws Problem saying what cannot be used: 400 for what violates the document, 404 and 409 for the rest
     */
    SweepOrder read(JsonNode body, int places) {
        if (!(body instanceof ObjectNode object)) {
            throw Problem.badRequest("the body is no object");
        }
        object.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw Problem.badRequest("unknown field '" + Answers.shown(key) + "'; expected " + KEYS);
            }
        });
        String name = name(object);
        int trials = whole(object, "trials", 1, SweepOrder.MOST_TRIALS)
                .orElse((long) SweepOrder.USUAL_TRIALS)
                .intValue();
        int shared = whole(object, "workers", 1, SweepOrder.MOST_WORKERS)
                .orElse((long) SweepOrder.usualWorkers(places))
                .intValue();
        boolean trainsFinal = flag(object, "train_final", true);
        ObjectNode space = space(object);
        return new SweepOrder(name, space.toString(), plan(space), trials, shared, trainsFinal);
    }

    private static String name(ObjectNode body) {
        JsonNode name = body.path("name");
        if (absent(name)) {
            return "sweep-" + LocalDateTime.now(ZoneOffset.UTC).format(TIME) + "-"
                    + UUID.randomUUID().toString().substring(0, 4);
        }
        if (!name.isTextual() || !SweepFolder.isName(name.textValue())) {
            throw Problem.badRequest("name is " + Answers.shown(name.toString())
                    + ", expected letters, digits, and _ - . and at most 100 characters");
        }
        return name.textValue();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Optional<Long> whole(ObjectNode body, String key, long least, long most) {
        JsonNode value = body.path(key);
        return absent(value) ? Optional.empty() : Optional.of(whole(key, value, least, most));
    }

    private static long whole(String key, JsonNode value, long least, long most) {
        return WholeNumbers.of(value)
                .filter(number -> number >= least && number <= most)
                .orElseThrow(() -> Problem.badRequest(key + " is " + Answers.shown(value.toString())
                        + ", expected a whole number in " + least + ".." + most));
    }

    private static boolean flag(ObjectNode body, String key, boolean usual) {
        JsonNode value = body.path(key);
        if (!absent(value) && !value.isBoolean()) {
            throw Problem.badRequest(key + " is " + Answers.shown(value.toString()) + ", expected true or false");
        }
        return value.asBoolean(usual);
    }

    /** Returns what a space file would say. */
    private ObjectNode space(ObjectNode body) {
        ObjectNode file = Answers.JSON.createObjectNode();
        choice(body.path("choice")).ifPresent(choice -> file.put("choice", choice));
        whole(body, "seed", Long.MIN_VALUE, Long.MAX_VALUE).ifPresent(seed -> file.put("seed", seed));
        whole(body, "factor", SpaceFile.LEAST_FACTOR, SpaceFile.MOST_FACTOR)
                .ifPresent(factor -> file.put("factor", factor));
        whole(body, "folds", FoldRule.FEWEST, FoldRule.MOST)
                .ifPresent(folds -> file.putObject("final").put("folds", folds));
        if (!absent(body.path("rungs"))) {
            rungs(body.path("rungs"), file.putArray("rungs"));
        }
        if (!absent(body.path(BASE))) {
            ObjectNode base = object(body, BASE).deepCopy();
            base.properties().removeIf(setting -> setting.getValue().isNull());
            if (base.has(PretrainedFiles.SETTING)) {
                base.put(PretrainedFiles.SETTING, pretrained(base.path(PretrainedFiles.SETTING)));
            }
            file.set(BASE, base);
        }
        if (absent(body.path(SPACE))) {
            throw Problem.badRequest("there is no space, the settings that vary");
        }
        ObjectNode space = object(body, SPACE);
        if (space.isEmpty()) {
            throw Problem.badRequest("space is {}, expected the settings that vary");
        }
        file.set(SPACE, space);
        return file;
    }

    private static Optional<String> choice(JsonNode choice) {
        List<String> words = Stream.of(Choice.values()).map(Choice::word).toList();
        if (!absent(choice) && !words.contains(choice.asText())) {
            throw Problem.badRequest("choice is " + Answers.shown(choice.toString()) + ", expected one of " + words);
        }
        return absent(choice) ? Optional.empty() : Optional.of(choice.textValue());
    }

    private static void rungs(JsonNode rungs, ArrayNode into) {
        if (!rungs.isArray() || rungs.size() > MOST_RUNGS) {
            throw Problem.badRequest("rungs is " + Answers.shown(rungs.toString()) + ", expected a list of at most "
                    + MOST_RUNGS + " epochs");
        }
        rungs.forEach(rung -> into.add(whole("rungs", rung, 1, MOST_EPOCHS)));
    }

    private static ObjectNode object(ObjectNode body, String key) {
        if (body.path(key) instanceof ObjectNode object) {
            return object;
        }
        throw Problem.badRequest(key + " is " + Answers.shown(body.path(key).toString()) + ", expected an object");
    }

    private String pretrained(JsonNode name) {
        if (!name.isTextual()) { // a list of one would be read as that one
            throw Problem.badRequest(PretrainedFiles.SETTING + " is " + Answers.shown(name.toString())
                    + ", expected the name of a file in the workspace's folder '" + PretrainedFiles.SETTING + "'");
        }
        try {
            return files.named(name.textValue()).toString();
        } catch (IllegalArgumentException e) {
            throw Problem.conflict(e.getMessage());
        }
    }

    private SweepPlan plan(ObjectNode space) {
        try {
            SweepPlan plan = SpaceFile.parse("the body", space.toString(), defaults);
            checkPretrained(plan, space.path(BASE).path(PretrainedFiles.SETTING));
            checkLimits(plan);
            return plan;
        } catch (IllegalArgumentException e) {
            throw Problem.conflict(e.getMessage().replaceFirst("^the body, line [0-9]+: ", ""));
        }
    }

    /** Whatever way the text was understood: the weights are those that were checked, or those of the configuration. */
    private void checkPretrained(SweepPlan plan, JsonNode checked) {
        Optional<Path> expected =
                checked.isTextual() ? Optional.of(Path.of(checked.textValue())) : defaults.pretrained();
        if (!plan.base().pretrained().equals(expected)) {
            throw new IllegalArgumentException(
                    PretrainedFiles.SETTING + " is not where it belongs, expected it in base as the name of a file");
        }
    }

    /** A request may say less than whoever sits at the machine. */
    private void checkLimits(SweepPlan plan) {
        Map<String, Dimension> dimensions = plan.space().dimensions();
        if (dimensions.containsKey(PretrainedFiles.SETTING)) {
            throw new IllegalArgumentException(
                    PretrainedFiles.SETTING + " cannot vary in a sweep of the service; say it in base");
        }
        Map<String, Object> base = TrainingFields.table().json(plan.base());
        Map<String, Object> usual = TrainingFields.table().json(defaults);
        TrainingFields.table().all().stream()
                .filter(field -> !field.name().equals(PretrainedFiles.SETTING))
                .forEach(field -> {
                    Object value = base.get(field.name());
                    if (value != null && !value.equals(usual.get(field.name()))) {
                        RequestLimits.check(field, Answers.JSON.valueToTree(value));
                    }
                    if (dimensions.get(field.name()) instanceof Dimension.Values values) {
                        values.all().forEach(each -> RequestLimits.check(field, Answers.JSON.valueToTree(each)));
                    }
                });
    }
}
