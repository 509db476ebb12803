package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.loss.Huber;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.BestEpochs;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.WeightUpdates;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.training.Pretraining;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {
    private static TrainingSettings read(String json) throws IOException {
        return SettingsJson.read(new JsonMapper().readTree(json));
    }

    @Test
    void nothingGivenIsTheDefault() throws IOException {
        assertThat(read("{}")).isEqualTo(TrainingSettings.seeded(1));
        assertThat(read("{\"seed\": 9, \"epochs\": null}")).isEqualTo(TrainingSettings.seeded(9));
    }

    @Test
    void everyFieldComesBackAsItWas() {
        TrainingSettings settings = new TrainingSettings(
                new TrainingPlan(
                        7,
                        16,
                        0.01,
                        0.02,
                        Double.POSITIVE_INFINITY,
                        Losses.named("huber"),
                        Schedule.named("constant"),
                        3,
                        2,
                        90.5,
                        new BestEpochs(EpochMetric.TRAINING_LOSS, 4),
                        new WeightUpdates(3, OptionalDouble.of(0.99)),
                        -5),
                new DataSettings(
                        SessionFilter.all()
                                .withSessions(List.of("b", "a"))
                                .with(Period.between(Instant.EPOCH, Instant.parse("2026-11-24T10:00:00Z")))
                                .with(Band.ofHz(1, 2))
                                .withStations(List.of("Torino"))
                                .withTrainingDataset("spring")
                                .with(new QualityLimits(OptionalDouble.of(9.5), OptionalDouble.of(0.001))),
                        Optional.of(GroupBy.DAY),
                        OptionalInt.of(7),
                        -5,
                        LayoutChoice.SINGLE_RECEIVER,
                        3),
                new Augmentation(1.5, 0.5, true),
                "small",
                Pretraining.ofSteps(250),
                Optional.of(Path.of("/weights/resnet.safetensors")),
                Optional.of("other-model/v3"),
                Optional.of("djl-pytorch"),
                "my-model",
                "my experiment");

        assertThat(SettingsJson.parse(SettingsJson.write(settings).toString())).isEqualTo(settings);
    }

    @Test
    void noAugmentationComesBackToo() throws IOException {
        TrainingSettings plain = read("{\"augmentation\": false}");

        assertThat(plain.augmentation()).isEqualTo(Augmentation.NONE);
        assertThat(SettingsJson.parse(SettingsJson.write(plain).toString())).isEqualTo(plain);
    }

    @Test
    void whatIsNotSaidIsAsUsual() throws IOException {
        TrainingSettings usual = read(
                "{\"epochs\": 7, \"seed\": 3, \"augmentation\": false, \"split_by\": \"day\", \"network\": \"small\"}");

        assertThat(SettingsJson.read(new JsonMapper().readTree("{}"), usual)).isEqualTo(usual);
        TrainingSettings changed = SettingsJson.read(
                new JsonMapper().readTree("{\"augmentation\": true, \"split_by\": null, \"batch_size\": 8}"), usual);
        assertThat(changed.plan().epochs()).isEqualTo(7);
        assertThat(changed.plan().batchSize()).isEqualTo(8);
        assertThat(changed.data().seed()).isEqualTo(3);
        assertThat(changed.data().splitBy()).isEmpty();
        assertThat(changed.augmentation())
                .isEqualTo(TrainingSettings.seeded(1).augmentation())
                .isNotEqualTo(Augmentation.NONE);
        assertThatThrownBy(() -> SettingsJson.read(new JsonMapper().readTree("[]"), usual))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an object");
    }

    @Test
    void unknownFieldIsNamedBesideTheKnown() {
        assertThatThrownBy(() -> read("{\"epohcs\": 3}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'epohcs'")
                .hasMessageContaining("epochs, batch_size");
    }

    @Test
    void pretrainingIsAWordOrANumber() throws IOException {
        assertThat(read("{\"pretrain\": 250}").pretraining()).isEqualTo(Pretraining.ofSteps(250));
        assertThat(read("{\"pretrain\": \"250\"}").pretraining()).isEqualTo(Pretraining.ofSteps(250));
        assertThat(read("{\"pretrain\": \"off\"}").pretraining()).isEqualTo(Pretraining.OFF);
        assertThat(read("{}").pretraining()).isEqualTo(Pretraining.AUTO);
        assertThatThrownBy(() -> read("{\"pretrain\": 0}"))
                .hasMessage("pretraining '0' is neither auto, off nor a number of steps in 1..1000000");
    }

    /** As a job's row of release 0.1.0 has it, before settings came from a table. */
    @Test
    void jobsOfTheFirstReleaseAreRead() {
        TrainingSettings old = SettingsJson.parse("""
                {"epochs":7,"batch_size":16,"learning_rate":0.01,"weight_decay":1.0E-4,"clip_norm":"Infinity","loss":"huber",
                "schedule":"constant","patience":3,"frozen_epochs":2,"network":"small","pretrain":"auto 1200","pretrained":null,
                "layout":"single-receiver","augmentation":false,"augment_power_db":0.0,"augment_station_db":0.0,"split_by":"day",
                "backend":null,"from":"1970-01-01T00:00:00Z","until":null,"min_frequency_hz":1,"max_frequency_hz":null,
                "stations":["Torino"],"training_dataset":null,"sessions":null,"min_snr_db":9.5,"max_clipped_share":null,
                "threads":3,"seed":-5,"model_name":"my-model","experiment":"my experiment"}""");

        assertThat(old.plan().clipNorm()).isInfinite();
        assertThat(old.plan().frozenEpochs()).isEqualTo(2);
        assertThat(old.augmentation()).isEqualTo(Augmentation.NONE);
        assertThat(old.pretraining()).isEqualTo(Pretraining.ofSteps(1200).whereItHelps());
        assertThat(old.data())
                .isEqualTo(new DataSettings(
                        SessionFilter.all()
                                .with(new Period(Optional.of(Instant.EPOCH), Optional.empty()))
                                .with(new Band(OptionalLong.of(1), OptionalLong.empty()))
                                .withStations(List.of("Torino"))
                                .with(QualityLimits.ofSnrDb(9.5)),
                        Optional.of(GroupBy.DAY),
                        OptionalInt.empty(),
                        -5,
                        LayoutChoice.SINGLE_RECEIVER,
                        3));
        assertThat(old.modelName()).isEqualTo("my-model");
    }

    @Test
    void whatWasLostComesBack() {
        TrainingSettings usual = TrainingSettings.seeded(1);
        TrainingSettings own = usual.withPlan(usual.plan()
                        .withSchedule(new Schedule.WarmupCosine(0.1, 0.5))
                        .withLoss(new Huber(2)))
                .withData(usual.data().withSeed(77))
                .withAugmentation(new Augmentation(1, 2, false));

        assertThat(SettingsJson.parse(SettingsJson.write(own).toString())).isEqualTo(own);
    }
}
