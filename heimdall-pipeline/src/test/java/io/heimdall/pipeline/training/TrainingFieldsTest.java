package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFieldsTest {
    private static final Fields<TrainingSettings> TABLE = TrainingFields.table();
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path trainings;

    private static Map<String, Object> throughJson(TrainingSettings settings) throws IOException {
        String text = JSON.writeValueAsString(TABLE.json(settings));
        return JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    @Test
    void anySettingsComeBackFromJson() throws IOException {
        RandomSettings random = new RandomSettings(TABLE, 1);
        TrainingSettings before = TrainingSettings.seeded(0);
        for (int i = 0; i < 1000; i++) {
            TrainingSettings settings = random.next();
            Map<String, Object> json = throughJson(settings);

            assertThat(TABLE.saved(json, TrainingSettings.seeded(i))).isEqualTo(settings);
            assertThat(TABLE.asked(json, before, TrainingSettings.seeded(0))).isEqualTo(settings);
            assertThat(TABLE.differences(before, settings).isEmpty()).isEqualTo(before.equals(settings));
            before = settings;
        }
    }

    @Test
    void anySettingsComeBackFromTheFolderOfTheirTraining() throws IOException {
        RandomSettings random = new RandomSettings(TABLE, 2);
        for (int i = 0; i < 50; i++) {
            TrainingSettings settings = random.next();
            TrainingFolder.create(trainings, "run", settings);
            assertThat(TrainingFolder.of(trainings, "run").orElseThrow().settings())
                    .isEqualTo(settings);
        }
    }

    @Test
    void anyValueComesBackFromItsText() {
        RandomSettings random = new RandomSettings(TABLE, 3);
        for (int i = 0; i < 300; i++) {
            TrainingSettings settings = random.next();
            TABLE.all().forEach(field -> assertComesBack(field, settings));
        }
    }

    private static <T> void assertComesBack(Field<TrainingSettings, T> field, TrainingSettings settings) {
        field.read(settings)
                .ifPresent(value -> assertThat(field.type().parse(field.type().text(value)))
                        .as(field.name())
                        .isEqualTo(value));
    }

    /** A component without a field would keep its default for ever. */
    @Test
    void everyPartOfTheSettingsHasAField() {
        RandomSettings random = new RandomSettings(TABLE, 4);
        Map<String, Set<Object>> seen = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            addParts("", random.next(), seen);
        }
        assertThat(seen)
                .hasSizeGreaterThan(25)
                .allSatisfy((part, values) -> assertThat(values).as(part).hasSizeGreaterThan(1));
    }

    private static void addParts(String path, Object value, Map<String, Set<Object>> seen) {
        boolean ours =
                value instanceof Record && value.getClass().getName().matches("io[.]heimdall[.](dataset|pipeline).*");
        if (!ours && !(value instanceof io.heimdall.model.train.TrainingPlan)) {
            seen.computeIfAbsent(path, part -> new HashSet<>()).add(value);
            return;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                addParts(
                        path + "/" + component.getName(),
                        component.getAccessor().invoke(value),
                        seen);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void namesAndOptionsAreDifferent() {
        assertThat(TABLE.names()).doesNotHaveDuplicates();
        assertThat(TABLE.all().stream().map(Field::option)).doesNotHaveDuplicates();
    }

    @Test
    void theSplitFollowsTheSeedUnlessItHasOneOfItsOwn() {
        TrainingSettings usual = TrainingSettings.seeded(1);
        TrainingSettings own = TABLE.saved(Map.of("split_seed", 7), usual);

        assertThat(TABLE.saved(Map.of("seed", 9), usual)).isEqualTo(TrainingSettings.seeded(9));
        assertThat(TABLE.saved(Map.of("seed", 9), own).data().seed()).isEqualTo(7);
        assertThat(TABLE.parameters(usual)).doesNotContainKey("split_seed");
        assertThat(TABLE.parameters(own)).containsEntry("split_seed", "7");
    }

    /** A server refuses a run's parameter that is logged again with another text: a resumed training must give the old ones. */
    @Test
    void parametersOfRunsAreThoseOfTheFirstRelease() throws IOException {
        TrainingFolder folder = TrainingFolder.of(TrainingFolderTest.firstFormat(trainings), "old")
                .orElseThrow();

        assertThat(TABLE.parameters(folder.settings()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("augmentation", "Augmentation[powerDb=1.5, stationDb=2.0, shapes=true]"),
                        Map.entry("backend", "djl-pytorch"),
                        Map.entry("batch_size", "8"),
                        Map.entry("clip_norm", "Infinity"),
                        Map.entry("epochs", "1"),
                        Map.entry("from", "2026-01-01T00:00:00Z"),
                        Map.entry("frozen_epochs", "0"),
                        Map.entry("layout", "single-receiver"),
                        Map.entry("learning_rate", "0.001"),
                        Map.entry("loss", "huber"),
                        Map.entry("network", "small"),
                        Map.entry("patience", "10"),
                        Map.entry("pretrain", "auto"),
                        Map.entry("schedule", "constant"),
                        Map.entry("seed", "5"),
                        Map.entry("split_by", "cell"),
                        Map.entry("stations", "Genova, Torino"),
                        Map.entry("threads", "2"),
                        Map.entry("weight_decay", "1.0E-4")));
    }

    /** Nobody names it, so nobody could read it back. */
    private record Unnamed() implements Loss {
        @Override
        public String name() {
            return "mine";
        }

        @Override
        public boolean fits(OutputSpec output) {
            return true;
        }

        @Override
        public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
            throw new AssertionError("no training begins");
        }
    }

    @Test
    void settingsThatCannotBeSavedAreRefusedBeforeATrainingBegins() {
        TrainingSettings usual = TrainingSettings.seeded(1);
        TrainingSettings mine = usual.withPlan(usual.plan().withLoss(new Unnamed()));

        assertThatThrownBy(() -> SettingsCheck.of(mine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the settings cannot be saved: loss 'mine' is not known; there are likelihood");
        assertThat(SettingsCheck.of(usual)).isEqualTo(usual);
    }
}
