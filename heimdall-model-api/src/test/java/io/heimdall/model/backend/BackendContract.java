package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.train.MemorySamples;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every training backend must do, on top of {@link StepContract}. */
public abstract class BackendContract extends StepContract {
    private static final NetworkSpec SMALL = LocalizationNet.small(3);
    private static final int ROWS = 4;

    private TrainingSession open(long seed, String... frozen) {
        return backend().open(SMALL, new SessionOptions(seed, 2, List.of(frozen)));
    }

    private static StepResult step(TrainingSession session, int step) {
        return step(session, step, new GaussianNll());
    }

    private static StepResult step(TrainingSession session, int step, Loss loss) {
        return session.step(batch(step), loss, settings(step));
    }

    private static Batch batch(int step) {
        return SyntheticTensors.batch(SMALL, ROWS, "contract.", step);
    }

    private static OptimizerStep settings(int step) {
        return new OptimizerStep(step, 1e-3, 1e-4, 1.0);
    }

    @Test
    void isReadyHere() {
        assertThat(backend().probe()).isInstanceOf(Availability.Ready.class);
        assertThat(backend().probe()).isEqualTo(backend().probe());
    }

    @Test
    void newSessionHasTheInitialWeightsOfItsSeed() {
        try (TrainingSession session = open(7)) {
            assertThat(session.weights().sha256())
                    .isEqualTo(Weights.initial(SMALL, 7).sha256());
            assertThat(session.weights().tensors().keySet())
                    .containsExactlyElementsOf(
                            Weights.initial(SMALL, 7).tensors().keySet());
            assertThat(session.optimizer().step()).isZero();
            assertThat(session.optimizer()
                            .moments()
                            .get("backbone.conv1.weight")
                            .first())
                    .containsOnly(0f);
        }
    }

    @Test
    void sameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        Weights start = Weights.initial(SMALL, 1);
        assertThat(trained(3, start)).isEqualTo(trained(3, start)).isNotEqualTo(trained(4, start));
    }

    /** Other seeds differ by dropout alone, since the weights at the start are given. */
    private String trained(long seed, Weights start) {
        try (TrainingSession session = open(seed)) {
            session.load(start);
            step(session, 1);
            step(session, 2);
            return session.weights().sha256();
        }
    }

    @Test
    void resumedTrainingEndsWithTheSameBits() {
        Weights weights;
        OptimizerState optimizer;
        var losses = new ArrayList<Double>();
        String expected;
        try (TrainingSession session = open(5)) {
            step(session, 1);
            step(session, 2);
            weights = session.weights();
            optimizer = session.optimizer();
            losses.add(step(session, 3).loss());
            losses.add(step(session, 4).loss());
            expected = session.weights().sha256();
        }
        try (TrainingSession session = open(5)) {
            session.load(weights);
            session.load(optimizer);
            assertThat(List.of(step(session, 3).loss(), step(session, 4).loss()))
                    .isEqualTo(losses);
            assertThat(session.weights().sha256()).isEqualTo(expected);
            assertThat(session.optimizer().step()).isEqualTo(4);
        }
    }

    @Test
    void sessionsAndPredictionsDoNotDisturbATraining() throws Exception {
        String expected = trained(3, Weights.initial(SMALL, 3));
        try (TrainingSession session = open(3);
                TrainingSession other = open(9)) {
            step(other, 1);
            step(session, 1);
            FloatTensor prediction = session.predict(batch(1).inputs());
            assertThat(session.predict(batch(1).inputs())).isEqualTo(prediction);
            step(other, 2);
            CompletableFuture.runAsync(() -> step(session, 2)).get(); // another thread of the same caller
            assertThat(session.weights().sha256()).isEqualTo(expected);
        }
    }

    @Test
    void predictionOfARowDoesNotDependOnTheOthers() {
        Batch all = SyntheticTensors.batch(SMALL, 5, "contract.", 0);
        Batch third = new MemorySamples(all).open(new int[] {2}, 1, 0).next();
        try (TrainingSession session = open(1)) {
            float[] together = session.predict(all.inputs()).values();
            float[] alone = session.predict(third.inputs()).values();
            for (int i = 0; i < 4; i++) {
                assertThat(alone[i]).isCloseTo(together[8 + i], within(1e-5f));
            }
            assertThat(alone[2]).isGreaterThan((float) LocalizationNet.SIGMA_MIN);
        }
    }

    /** The loss of a row that has several places is the mean over them, and so are its gradients. */
    @Test
    void aRowMayHaveSeveralPlaces() {
        Batch one = batch(1);
        int rows = one.size();
        FloatTensor twice = FloatTensor.zeros(rows, 2, 2);
        for (int row = 0; row < rows; row++) {
            for (int place = 0; place < 2; place++) {
                System.arraycopy(one.targets().values(), 2 * row, twice.values(), 2 * (2 * row + place), 2);
            }
        }
        try (TrainingSession once = open(3);
                TrainingSession more = open(3)) {
            StepResult expected = once.step(one, new DensityNll(), settings(1));
            StepResult result =
                    more.step(new Batch(one.inputs(), twice, one.sessionIds()), new DensityNll(), settings(1));

            assertThat(result.loss()).isCloseTo(expected.loss(), within(1e-9));
            assertThat(result.gradientNorm())
                    .isCloseTo(expected.gradientNorm(), within(1e-4 * expected.gradientNorm()));
        }
    }

    @Test
    void frozenPartsStayAsTheyAre() {
        try (TrainingSession session = open(1, "backbone.", "position_head.")) {
            Map<String, FloatTensor> before = session.weights().tensors();
            step(session, 1);
            session.weights().tensors().forEach((name, after) -> {
                boolean moves = name.startsWith("uncertainty_head.") || name.contains("running_");
                assertThat(after.equals(before.get(name))).as(name).isEqualTo(!moves);
            });
            assertThat(session.optimizer().moments().keySet()).allMatch(name -> name.startsWith("uncertainty_head."));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(1, "backbone.", "position_head.", "uncertainty_head."))
                .withMessageContaining("nothing to train");
    }

    @Test
    void partsFrozenForAStepStayAsTheyAreForThatStep() {
        OptimizerStep heads = new OptimizerStep(1, 1e-3, 1e-4, 1.0, 1, List.of("backbone."));
        try (TrainingSession session = open(1);
                TrainingSession frozen = open(1, "backbone.")) {
            Map<String, FloatTensor> before = session.weights().tensors();
            StepResult result = session.step(batch(1), new GaussianNll(), heads);
            assertThat(result).isEqualTo(step(frozen, 1)); // the norm is over what moves
            assertThat(session.weights().sha256()).isEqualTo(frozen.weights().sha256());
            float[] moment =
                    session.optimizer().moments().get("backbone.conv1.weight").first();
            assertThat(moment).containsOnly(0f);
            step(session, 2);
            assertThat(session.weights().tensors().get("backbone.conv1.weight"))
                    .isNotEqualTo(before.get("backbone.conv1.weight"));
        }
    }

    @Test
    void aStepThatIsNotFiniteChangesNoWeight() {
        try (TrainingSession session = open(1)) {
            Loss lost = new FixedLoss(Double.NaN, 1);
            Loss exploding = new FixedLoss(1, Double.POSITIVE_INFINITY);
            for (Loss loss : List.of(lost, exploding)) {
                StepResult result = step(session, 1, loss);
                assertThat(result.finite()).isFalse();
                assertThat(session.optimizer().step()).isZero();
            }
            Weights initial = Weights.initial(SMALL, 1);
            session.weights().tensors().forEach((name, tensor) -> {
                if (!name.contains("running_")) {
                    assertThat(tensor.equals(initial.tensors().get(name)))
                            .as(name)
                            .isTrue();
                }
            });
            assertThat(step(session, 1).finite()).isTrue();
        }
    }

    @Test
    void unusableBatchesAreRefused() {
        List<String> ids = List.of("a", "b");
        FloatTensor features = FloatTensor.zeros(2, 3, 128, 32);
        FloatTensor targets = FloatTensor.zeros(2, 2);
        FloatTensor poisoned = FloatTensor.zeros(2, 3, 128, 32);
        poisoned.values()[3 * 128 * 32 + 5] = Float.NaN;
        try (TrainingSession session = open(1)) {
            refused(session, new Batch(inputs(FloatTensor.zeros(2, 7, 128, 32)), targets, ids), "[2, 7, 128, 32]");
            refused(session, new Batch(inputs(features), FloatTensor.zeros(2, 3), ids), "targets of shape [2, 3]");
            refused(
                    session,
                    new Batch(inputs(poisoned), targets, ids),
                    "session b has the value NaN in 'features' at index 5");
            refused(
                    session,
                    new Batch(
                            inputs(features),
                            FloatTensor.of(new float[] {0, Float.NEGATIVE_INFINITY, 0, 0}, 2, 2),
                            ids),
                    "session a has the value -Infinity in its target at index 1");
            refused(
                    session,
                    new Batch(inputs(FloatTensor.zeros(1, 3, 128, 32)), FloatTensor.zeros(1, 2), List.of("a")),
                    "at least 2 rows");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.predict(inputs(FloatTensor.zeros(2, 3, 128, 31))))
                    .withMessageContaining("[2, 3, 128, 31]");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.predict(inputs(poisoned)))
                    .withMessageContaining("row 1 of 'features' has the value NaN at index 5");
            assertThat(session.weights().sha256())
                    .isEqualTo(Weights.initial(SMALL, 1).sha256());
        }
    }

    private static Map<String, FloatTensor> inputs(FloatTensor features) {
        return Map.of(LocalizationNet.FEATURES, features);
    }

    private static void refused(TrainingSession session, Batch batch, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.step(batch, new GaussianNll(), settings(1)))
                .withMessageContaining(complaint);
    }

    @Test
    void sessionsOfOneBackendTrainAtTheSameTime() {
        String expected = trained(3, Weights.initial(SMALL, 3));
        List<CompletableFuture<String>> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(CompletableFuture.supplyAsync(() -> trained(3, Weights.initial(SMALL, 3))));
        }
        assertThat(running.stream().map(CompletableFuture::join)).containsOnly(expected);
    }

    @Test
    void foreignWeightsAndStatesAreRefused() {
        try (TrainingSession session = open(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.load(Weights.initial(LocalizationNet.small(7), 1)))
                    .withMessageContaining("backbone.conv1.weight has shape");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.load(new OptimizerState(1, Map.of())))
                    .withMessageContaining("backbone.conv1.weight needs moments");
        }
    }

    @Test
    void copiesHandedOutAreCopies() {
        try (TrainingSession session = open(1)) {
            step(session, 1);
            String digest = session.weights().sha256();
            session.weights().tensors().get("backbone.conv1.weight").values()[0] = 5;
            Weights given = session.weights();
            OptimizerState state = session.optimizer();
            session.load(given);
            session.load(state);
            given.tensors().get("backbone.conv1.weight").values()[0] = 5;
            state.moments().get("backbone.conv1.weight").first()[0] = 5;
            assertThat(session.weights().sha256()).isEqualTo(digest);
            assertThat(session.optimizer()
                            .moments()
                            .get("backbone.conv1.weight")
                            .first()[0])
                    .isNotEqualTo(5f);
        }
    }

    @Test
    void nothingWorksAfterClose() {
        TrainingSession session = open(1);
        Weights weights = session.weights();
        OptimizerState optimizer = session.optimizer();
        session.close();
        session.close();
        List<ThrowingCallable> uses = List.of(
                () -> step(session, 1),
                () -> session.predict(batch(1).inputs()),
                session::weights,
                session::optimizer,
                () -> session.load(weights),
                () -> session.load(optimizer));
        uses.forEach(use -> assertThatIllegalStateException().isThrownBy(use).withMessageContaining("closed"));
    }

    @Tag("slow")
    @Test
    void memoryStaysFlat() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        NetworkSpec network = LocalizationNet.resnet18(3);
        Batch batch = SyntheticTensors.batch(network, 2, "contract.", 0);
        try (TrainingSession session = backend().open(network, new SessionOptions(1, 1, List.of()))) {
            runSteps(session, batch, 1, 5);
            long before = EngineProcess.residentMegabytes();
            runSteps(session, batch, 6, 15);
            // a step that keeps its gradients costs 45 MB, so that 10 would cost 450
            assertThat(EngineProcess.residentMegabytes() - before).isLessThan(200);
        }
    }

    private static void runSteps(TrainingSession session, Batch batch, int first, int last) {
        for (int step = first; step <= last; step++) {
            session.step(batch, new GaussianNll(), settings(step));
            session.predict(batch.inputs());
        }
    }
}
