package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.loss.Huber;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.data.StreamChoice;
import io.heimdall.pipeline.input.Augmentation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
    private static final TrainingSettings BEGUN = TrainingSettings.seeded(1);

    private static TrainingSettings with(
            DataSettings data, Augmentation augmentation, Optional<Path> pretrained, String experiment) {
        return new TrainingSettings(
                BEGUN.plan(),
                data,
                augmentation,
                BEGUN.network(),
                BEGUN.pretraining(),
                pretrained,
                BEGUN.initial(),
                BEGUN.backend(),
                BEGUN.modelName(),
                experiment);
    }

    private static TrainingSettings with(SessionFilter filter) {
        return BEGUN.withData(BEGUN.data().withFilter(filter));
    }

    private static DataSettings data(Optional<GroupBy> splitBy, long seed, LayoutChoice layout) {
        return new DataSettings(
                SessionFilter.all(),
                splitBy,
                OptionalInt.empty(),
                seed,
                layout,
                BEGUN.data().threads());
    }

    @Test
    void aStreamThatIsAskedOfANetworkThatReadsNothingIsAWarning() {
        TrainingSettings set = BEGUN.withData(BEGUN.data().withStream(StreamChoice.ON));
        assertThat(EpochStream.warning(set))
                .contains("--stream on: the network 'set' reads no spectrograms in its epochs; nothing is streamed");
        assertThat(set.dataToRead().stream()).isEqualTo(StreamChoice.AUTO);
        for (String reader : List.of("small", "set-cnn")) {
            assertThat(EpochStream.warning(set.withNetwork(reader))).isEmpty();
            assertThat(set.withNetwork(reader).dataToRead()).isEqualTo(set.data());
        }
        assertThat(EpochStream.warning(BEGUN)).isEmpty();
        assertThat(BEGUN.dataToRead()).isEqualTo(BEGUN.data());
    }

    /** Whatever is other than before is named, so that nobody is told of a difference that he is not shown. */
    @Test
    void membersOfAnEnsembleShareTheTime() {
        TrainingSettings usual = TrainingSettings.seeded(1);
        TrainingSettings folds = usual.withData(usual.data().withFolds(5));

        assertThat(folds.ofMember(1).plan().maxMinutes()).isInfinite();
        assertThat(folds.withPlan(folds.plan().withMaxMinutes(30))
                        .ofMember(2)
                        .plan()
                        .maxMinutes())
                .isEqualTo(6);
    }

    @Test
    void everyDifferenceIsNamed() {
        TrainingPlan plan = BEGUN.plan();
        Map<String, TrainingSettings> changed = new LinkedHashMap<>();
        changed.put("epochs was 40 and is 7", BEGUN.withPlan(plan.withEpochs(7)));
        changed.put("batch_size was 32 and is 8", BEGUN.withPlan(plan.withBatchSize(8)));
        changed.put("learning_rate was 0.001 and is 0.5", BEGUN.withPlan(plan.withRates(0.5, plan.weightDecay())));
        changed.put("weight_decay was 1.0E-4 and is 0.5", BEGUN.withPlan(plan.withRates(plan.learningRate(), 0.5)));
        changed.put("clip_norm was 1.0 and is 9.0", BEGUN.withPlan(plan.withClipNorm(9)));
        changed.put("loss was likelihood and is huber", BEGUN.withPlan(plan.withLoss(new Huber())));
        changed.put(
                "schedule was warmup-cosine and is constant",
                BEGUN.withPlan(plan.withSchedule(Schedule.named("constant"))));
        changed.put("patience was 10 and is 3", BEGUN.withPlan(plan.withPatience(3)));
        changed.put("frozen_epochs was 0 and is 3", BEGUN.withPlan(plan.withFrozenEpochs(3)));
        changed.put("network was set and is small", BEGUN.withNetwork("small"));
        changed.put("backend was not set and is dl4j", BEGUN.withBackend("dl4j"));
        changed.put("model_name was heimdall-localization and is west", BEGUN.withModelName("west"));
        changed.put(
                "experiment was heimdall-training and is autumn",
                with(BEGUN.data(), BEGUN.augmentation(), Optional.empty(), "autumn"));
        changed.put(
                "pretrained was not set and is w.pth",
                with(BEGUN.data(), BEGUN.augmentation(), Optional.of(Path.of("w.pth")), BEGUN.experiment()));
        changed.put(
                "augmentation was true and is false",
                with(BEGUN.data(), Augmentation.NONE, Optional.empty(), BEGUN.experiment()));
        changed.put(
                "split_by was not set and is day",
                BEGUN.withData(data(Optional.of(GroupBy.DAY), 1, LayoutChoice.STATIONS)));
        changed.put(
                "split_seed was not set and is 2", BEGUN.withData(data(Optional.empty(), 2, LayoutChoice.STATIONS)));
        changed.put(
                "layout was stations and is single-receiver",
                BEGUN.withData(data(Optional.empty(), 1, LayoutChoice.SINGLE_RECEIVER)));
        changed.put(
                "threads was " + BEGUN.data().threads() + " and is 77",
                BEGUN.withData(BEGUN.data().withThreads(77)));
        changed.put(
                "stations was not set and is Torino", with(SessionFilter.all().withStations(List.of("Torino"))));
        changed.put("sessions was not set and is b", with(SessionFilter.all().withSessions(List.of("b"))));
        changed.put(
                "training_dataset was not set and is spring",
                with(SessionFilter.all().withTrainingDataset("spring")));
        changed.put(
                "until was not set and is 1970-01-01T00:00:00Z",
                with(SessionFilter.all().with(new Period(Optional.empty(), Optional.of(Instant.EPOCH)))));
        changed.put(
                "min_snr_db was not set and is 9.5", with(SessionFilter.all().with(QualityLimits.ofSnrDb(9.5))));

        changed.forEach((expected, settings) ->
                assertThat(differences(BEGUN, settings)).as(expected).contains(expected));
        assertThat(differences(BEGUN, BEGUN)).isEmpty();
        assertThat(differences(BEGUN, with(SessionFilter.all().with(Band.ofHz(1, 2)))))
                .containsExactly("max_frequency_hz was not set and is 2", "min_frequency_hz was not set and is 1");
        assertThat(differences(changed.get("backend was not set and is dl4j"), BEGUN))
                .containsExactly("backend was dl4j and is not set");
    }

    private static List<String> differences(TrainingSettings before, TrainingSettings after) {
        return TrainingFields.table().differences(before, after);
    }
}
