package io.heimdall.app.jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.training.Pretraining;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Training settings as JSON: the words of {@code heimdall train}, with underscores. */
public final class SettingsJson {
    private static final long DEFAULT_SEED = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private SettingsJson() {}

    /** Returns the names of all fields, in their order. */
    public static List<String> fields() {
        List<String> names = new ArrayList<>();
        write(TrainingSettings.seeded(DEFAULT_SEED)).fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /**
     * Reads settings; what is not there, or null, is the default.
     *
     * @throws IllegalArgumentException naming a field that is unknown or has a value that makes no sense
     */
    public static TrainingSettings read(JsonNode object) {
        SettingsFields fields = new SettingsFields(object, fields());
        fields.checkRanges();
        return settings(object, fields);
    }

    private static TrainingSettings settings(JsonNode object, SettingsFields fields) {
        long seed = fields.whole("seed", DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        TrainingSettings usual = TrainingSettings.seeded(seed);
        TrainingPlan plan = usual.plan();
        TrainingPlan newPlan = new TrainingPlan(
                fields.count("epochs", plan.epochs()),
                fields.count("batch_size", plan.batchSize()),
                fields.number("learning_rate", plan.learningRate()),
                fields.number("weight_decay", plan.weightDecay()),
                fields.number("clip_norm", plan.clipNorm()),
                fields.text("loss").map(Losses::named).orElse(plan.loss()),
                fields.text("schedule").map(Schedule::named).orElse(plan.schedule()),
                fields.count("patience", plan.patience()),
                fields.count("frozen_epochs", plan.frozenEpochs()),
                seed);
        DataSettings data = new DataSettings(
                FilterFields.read(JSON.convertValue(object, new TypeReference<Map<String, Object>>() {})),
                fields.constant("split_by", GroupBy.values()),
                fields.optionalCount("folds"),
                seed,
                fields.constant("layout", LayoutChoice.values())
                        .orElse(usual.data().layout()),
                fields.count("threads", usual.data().threads()));
        boolean augmented = fields.flag("augmentation", true);
        Augmentation base = usual.augmentation();
        double powerDb = fields.number("augment_power_db", base.powerDb());
        double stationDb = fields.number("augment_station_db", base.stationDb());
        return new TrainingSettings(
                newPlan,
                data,
                augmented ? new Augmentation(powerDb, stationDb, base.shapes()) : Augmentation.NONE,
                fields.text("network").orElse(usual.network()),
                fields.wordOrCount("pretrain").map(Pretraining::parse).orElse(usual.pretraining()),
                fields.text("pretrained").map(Path::of),
                fields.text("backend"),
                fields.text("model_name").orElse(usual.modelName()),
                fields.text("experiment").orElse(usual.experiment()));
    }

    /**
     * Reads settings; what is not there is as in {@code usual}, and what is null is the default of {@link #read(JsonNode)}.
     *
     * @throws IllegalArgumentException naming a field that is unknown or has a value that makes no sense
     */
    public static TrainingSettings read(JsonNode object, TrainingSettings usual) {
        new SettingsFields(object, fields()).checkRanges();
        ObjectNode all = write(usual);
        if (usual.augmentation().equals(Augmentation.NONE)) { // its zeros are not what augmentation would use
            all.remove(List.of("augment_power_db", "augment_station_db"));
        }
        object.properties().forEach(field -> all.set(field.getKey(), field.getValue()));
        return settings(all, new SettingsFields(all, fields()));
    }

    /** Reads what {@link #write} wrote; what was once accepted is not refused, whatever the ranges are now. */
    static TrainingSettings parse(String text) {
        JsonNode object = JobJson.tree(text);
        return settings(object, new SettingsFields(object, fields()));
    }

    /** Writes settings, every field of them. */
    public static ObjectNode write(TrainingSettings settings) {
        TrainingPlan plan = settings.plan();
        DataSettings data = settings.data();
        Augmentation augmentation = settings.augmentation();
        boolean augmented = !augmentation.equals(Augmentation.NONE);
        ObjectNode node = JSON.createObjectNode()
                .put("epochs", plan.epochs())
                .put("batch_size", plan.batchSize())
                .put("learning_rate", plan.learningRate())
                .put("weight_decay", plan.weightDecay());
        if (Double.isInfinite(plan.clipNorm())) { // JSON has no such number
            node.put("clip_norm", Double.toString(plan.clipNorm()));
        } else {
            node.put("clip_norm", plan.clipNorm());
        }
        node.put("loss", plan.loss().name())
                .put("schedule", plan.schedule().name())
                .put("patience", plan.patience())
                .put("frozen_epochs", plan.frozenEpochs())
                .put("network", settings.network())
                .put("pretrain", settings.pretraining().text())
                .put("pretrained", settings.pretrained().map(Path::toString).orElse(null))
                .put("layout", word(data.layout()))
                .put("augmentation", augmented)
                .put("augment_power_db", augmentation.powerDb())
                .put("augment_station_db", augmentation.stationDb())
                .put("split_by", data.splitBy().map(SettingsJson::word).orElse(null))
                .put("folds", data.folds().isPresent() ? (Integer) data.folds().getAsInt() : null)
                .put("backend", settings.backend().orElse(null));
        FilterFields.of(data.filter()).forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
        return node.put("threads", data.threads())
                .put("seed", plan.seed())
                .put("model_name", settings.modelName())
                .put("experiment", settings.experiment());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
