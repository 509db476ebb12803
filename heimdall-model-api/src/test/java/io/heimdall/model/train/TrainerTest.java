package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.Batch;
import io.heimdall.model.ModelException;
import io.heimdall.model.train.TrainingResult.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final TrainingPlan PLAN = LinearTask.PLAN;
    private static final SampleSource TRAINING = LinearTask.samples(45, 1);
    private static final SampleSource VALIDATION = LinearTask.samples(20, 2);

    @TempDir
    Path folder;

    @Test
    void learnsMeansAndSigmas() {
        var session = LinearTask.session();
        var result = trainer(PLAN.withEpochs(60)).fit(session, LinearTask.samples(400, 1), VALIDATION);
        var east = result.weights().tensors().get("linear.weight").values();
        assertThat(east[0]).isEqualTo(-2 / 3f, within(0.15f));
        assertThat(east[5]).isEqualTo(1f, within(0.15f));
        assertThat(result.history().get(0).validationNll().getAsDouble())
                .isGreaterThan(result.history()
                                .get(result.bestEpoch() - 1)
                                .validationNll()
                                .getAsDouble()
                        + 0.5);
        assertThat(session.weights()).isEqualTo(result.weights());
    }

    @Test
    void reportsEveryStepAndEpoch() {
        var steps = new ArrayList<StepProgress>();
        var epochs = new ArrayList<EpochMetrics>();
        var result = new Trainer(PLAN, Checkpoints.in(folder), new TrainingListener() {
                    @Override
                    public void started(TrainingPlan plan, int epochsDone, int stepsPerEpoch) {
                        assertThat(stepsPerEpoch).isEqualTo(6);
                        assertThat(epochsDone).isZero();
                    }

                    @Override
                    public void stepDone(StepProgress progress) {
                        steps.add(progress);
                    }

                    @Override
                    public void epochDone(EpochMetrics metrics, boolean best) {
                        epochs.add(metrics);
                        assertThat(Checkpoints.in(folder).last().orElseThrow().epoch())
                                .isEqualTo(metrics.epoch());
                    }
                })
                .fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(result.end()).isEqualTo(End.COMPLETED);
        assertThat(epochs).isEqualTo(result.history()).hasSize(6);
        assertThat(steps).extracting(StepProgress::step).containsExactlyElementsOf(longs(36));
        assertThat(steps.get(35).stepInEpoch()).isEqualTo(6);
        assertThat(steps.get(35).learningRate()).isLessThan(steps.get(10).learningRate());
        assertThat(steps).allSatisfy(s -> assertThat(s.computing()).isPositive());
        assertThat(epochs.get(5).learningRate()).isEqualTo(steps.get(35).learningRate());
    }

    @Test
    void trainsTheHeadsAloneAndThenAllWithAFreshOptimiser() {
        TrainingPlan plan = PLAN.withFrozenEpochs(2);
        for (int epoch = 1; epoch <= 4; epoch++) {
            var step = plan.step(6L * epoch, epoch, 6, 0.01, List.of("backbone."));
            assertThat(step.moves("backbone.conv1.weight")).isEqualTo(epoch > 2);
            assertThat(step.moves("position_head.0.weight")).isTrue();
            assertThat(step.update()).isEqualTo(epoch > 2 ? 6L * epoch - 12 : 6L * epoch);
            assertThat(step.step()).isEqualTo(6L * epoch);
        }
        // The backbone of the session has no weights: what differs is the optimiser that begins anew after two epochs.
        var frozen = trainer(plan.withEpochs(2)).fit(LinearTask.session(), TRAINING, VALIDATION);
        var plain = new Trainer(PLAN.withEpochs(2), Checkpoints.in(folder.resolve("plain")), TrainingListener.NONE)
                .fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(frozen.weights()).isEqualTo(plain.weights());
        var longer = new Trainer(plan.withEpochs(3), Checkpoints.in(folder.resolve("longer")), TrainingListener.NONE)
                .fit(LinearTask.session(), TRAINING, VALIDATION);
        var unfrozen = new Trainer(
                        PLAN.withEpochs(3), Checkpoints.in(folder.resolve("unfrozen")), TrainingListener.NONE)
                .fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(longer.weights()).isNotEqualTo(unfrozen.weights());
        assertThatThrownBy(() -> PLAN.withFrozenEpochs(-1)).hasMessageContaining("frozen epochs -1");
    }

    @Test
    void seesEverySampleOnceAnEpochInAnotherOrder() {
        var seen = new ArrayList<List<String>>();
        var spy = new Spy(TRAINING) {
            @Override
            void given(Batch batch) {
                seen.add(batch.sessionIds());
            }
        };
        trainer(PLAN.withEpochs(2)).fit(LinearTask.session(), spy, VALIDATION);
        var first = seen.subList(0, 6).stream().flatMap(List::stream).toList();
        var second = seen.subList(6, 12).stream().flatMap(List::stream).toList();
        assertThat(first).hasSize(45).doesNotHaveDuplicates().isNotEqualTo(second);
        assertThat(new HashSet<>(second)).isEqualTo(new HashSet<>(first));
    }

    @Test
    void leavesOutALastBatchOfOneRow() {
        var sizes = new ArrayList<Integer>();
        var spy = new Spy(LinearTask.samples(17, 1)) {
            @Override
            void given(Batch batch) {
                sizes.add(batch.size());
            }
        };
        trainer(PLAN.withEpochs(2)).fit(LinearTask.session(), spy, VALIDATION);
        assertThat(sizes).containsExactly(8, 8, 8, 8);
    }

    @Test
    void stopsEarlyAndGivesTheBestWeights() {
        // Targets that are noise: the validation loss soon rises.
        var plan = PLAN.withEpochs(200).withPatience(3).withSchedule(new Schedule.Constant());
        var session = LinearTask.session();
        var result = trainer(plan).fit(session, TRAINING, LinearTask.wide(20, LinearTask.INPUTS));
        assertThat(result.end()).isEqualTo(End.STOPPED_EARLY);
        assertThat(result.history()).hasSize(result.bestEpoch() + 3);
        double best =
                result.history().get(result.bestEpoch() - 1).validationNll().getAsDouble();
        assertThat(result.history())
                .allSatisfy(m -> assertThat(m.validationNll().getAsDouble()).isGreaterThanOrEqualTo(best));
        assertThat(Checkpoints.in(folder).best().orElseThrow().weights())
                .isEqualTo(result.weights())
                .isEqualTo(session.weights());
        assertThat(Checkpoints.in(folder).best().orElseThrow().epoch()).isEqualTo(result.bestEpoch());
    }

    @Test
    void endsAfterTheEpochThatUsesUpTheTime() {
        TrainingPlan plan = PLAN.withEpochs(50).withMaxMinutes(1e-9);

        var result = trainer(plan).fit(LinearTask.session(), TRAINING, VALIDATION);
        var again = trainer(plan).resume(LinearTask.session(), TRAINING, VALIDATION);

        assertThat(result.end()).isEqualTo(End.OUT_OF_TIME);
        assertThat(result.history()).hasSize(1);
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(again).isEqualTo(result);
    }

    @Test
    void aLimitThatIsNotReachedChangesNothing() {
        var limited = trainer(PLAN.withMaxMinutes(1000)).fit(LinearTask.session(), TRAINING, VALIDATION);
        var plain = new Trainer(PLAN, Checkpoints.in(folder.resolve("plain")), TrainingListener.NONE)
                .fit(LinearTask.session(), TRAINING, VALIDATION);

        assertThat(limited.weights()).isEqualTo(plain.weights());
        assertThat(limited.end()).isEqualTo(End.COMPLETED);
        assertThat(PLAN.settings()).doesNotContainKey("max_minutes");
        assertThat(PLAN.withMaxMinutes(2).settings()).containsEntry("max_minutes", "2.0");
        assertThatThrownBy(() -> PLAN.withMaxMinutes(0)).hasMessageContaining("max minutes 0.0");
    }

    @Test
    void withoutValidationTheLastEpochIsTheBest() {
        var result = trainer(PLAN).fit(LinearTask.session(), TRAINING, new Empty());
        assertThat(result.bestEpoch()).isEqualTo(6);
        assertThat(result.history().get(5).validationNll()).isEqualTo(OptionalDouble.empty());
        assertThat(Checkpoints.in(folder).best().orElseThrow().weights()).isEqualTo(result.weights());
    }

    @Test
    void aBatchThatIsNotFiniteStopsTheRunWithItsNames() {
        var spy = new Spy(TRAINING) {
            private int batches;

            @Override
            void given(Batch batch) {
                if (++batches == 9) {
                    batch.targets().values()[1] = Float.NaN;
                }
            }
        };
        assertThatExceptionOfType(DivergenceException.class)
                .isThrownBy(() -> trainer(PLAN).fit(LinearTask.session(), spy, VALIDATION))
                .withMessageContaining("stopped at step 9: loss NaN")
                .withMessageContaining("checkpoint of epoch 1 is kept in " + folder)
                .satisfies(fault -> {
                    assertThat(fault.step()).isEqualTo(9);
                    assertThat(fault.sessionIds()).isNotEmpty();
                    assertThat(fault).hasMessageContaining(String.join(", ", fault.sessionIds()));
                    assertThat(fault.mayPassLater()).isFalse();
                });
        assertThat(Checkpoints.in(folder).last().orElseThrow().epoch()).isEqualTo(1);
    }

    @Test
    void aValidationLossThatIsNotFiniteStopsTheRun() {
        var spy = new Spy(VALIDATION) {
            @Override
            void given(Batch batch) {
                batch.inputs().get(LinearSession.FEATURES).values()[0] = Float.NaN;
            }
        };
        assertThatThrownBy(() -> trainer(PLAN).fit(LinearTask.session(), TRAINING, spy))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("after epoch 1: validation loss NaN for the sessions session-0, session-1");
    }

    @Test
    void anEarlierRunIsNotOverwritten() {
        trainer(PLAN.withEpochs(1)).fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThatThrownBy(() -> trainer(PLAN).fit(LinearTask.session(), TRAINING, VALIDATION))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("resume it or name another directory");
    }

    @Test
    void tooFewSamplesAreRefused() {
        assertThatThrownBy(() -> trainer(PLAN).fit(LinearTask.session(), LinearTask.samples(1, 1), VALIDATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 1 training samples");
        assertThat(Files.exists(folder.resolve("last-000000"))).isFalse();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> PLAN.withEpochs(0)).hasMessageContaining("epochs 0");
        assertThatThrownBy(() -> PLAN.withBatchSize(1)).hasMessageContaining("batch size 1");
        assertThatThrownBy(() -> PLAN.withRates(0, 0)).hasMessageContaining("learning rate 0.0");
        assertThatThrownBy(() -> PLAN.withRates(1, -1)).hasMessageContaining("weight decay -1.0");
        assertThatThrownBy(() -> PLAN.withClipNorm(0)).hasMessageContaining("clip norm 0.0");
        assertThatThrownBy(() -> PLAN.withPatience(0)).hasMessageContaining("patience 0");
    }

    private Trainer trainer(TrainingPlan plan) {
        return new Trainer(plan, Checkpoints.in(folder), TrainingListener.NONE);
    }

    private static List<Long> longs(int count) {
        var longs = new ArrayList<Long>();
        for (long i = 1; i <= count; i++) {
            longs.add(i);
        }
        return longs;
    }

    private record Empty() implements SampleSource {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public BatchCursor open(int[] order, int batchSize, long seed) {
            throw new IllegalStateException("nothing to read");
        }
    }

    /** Looks at, or spoils, every batch of another source. */
    abstract static class Spy implements SampleSource {
        private final SampleSource source;

        Spy(SampleSource source) {
            this.source = source;
        }

        abstract void given(Batch batch);

        @Override
        public int size() {
            return source.size();
        }

        @Override
        public String fingerprint() {
            return source.fingerprint();
        }

        @Override
        public BatchCursor open(int[] order, int batchSize, long seed) {
            BatchCursor cursor = source.open(order, batchSize, seed);
            return new BatchCursor() {
                @Override
                public boolean hasNext() {
                    return cursor.hasNext();
                }

                @Override
                public Batch next() {
                    Batch batch = cursor.next();
                    given(batch);
                    return batch;
                }

                @Override
                public void close() {
                    cursor.close();
                }
            };
        }
    }
}
