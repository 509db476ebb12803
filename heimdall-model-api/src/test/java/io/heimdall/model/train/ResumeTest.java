package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.model.Batch;
import io.heimdall.model.ModelException;
import io.heimdall.model.train.TrainingResult.End;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final TrainingPlan PLAN =
            LinearTask.PLAN.withEpochs(3).withSchedule(new Schedule.ReduceOnPlateau(0.5, 0, 0));
    private static final SampleSource TRAINING = LinearTask.samples(45, 1);
    private static final SampleSource VALIDATION = LinearTask.samples(20, 2);

    @TempDir
    Path folder;

    @Test
    void aRunBrokenOffAtAnyStepEndsWithTheSameBits() {
        var whole = trainer(folder.resolve("whole"), PLAN).fit(LinearTask.session(), TRAINING, VALIDATION);
        for (int at : new int[] {1, 2, 6, 7, 9, 12, 13, 18}) {
            var trainer = trainer(folder.resolve("broken-" + at), PLAN);
            var broken = breaking(at);
            assertThatThrownBy(() -> trainer.fit(LinearTask.session(), broken, VALIDATION))
                    .isInstanceOf(IllegalStateException.class);
            var result = trainer.resume(LinearTask.session(), TRAINING, VALIDATION);
            assertThat(result.weights()).as("broken off at step %d", at).isEqualTo(whole.weights());
            assertThat(last(trainer)).isEqualTo(lastWeights(folder.resolve("whole")));
            assertThat(result.history())
                    .usingRecursiveComparison()
                    .ignoringFields("duration")
                    .isEqualTo(whole.history());
        }
    }

    /** Every third sample is in one block. */
    private static SampleSource inBlocks(SampleSource source) {
        int[] blocks = new int[source.size()];
        Arrays.setAll(blocks, sample -> sample % 15);
        return new SampleSource() {
            @Override
            public int size() {
                return source.size();
            }

            @Override
            public EpochOrder order() {
                return new BlockOrder(blocks, 4);
            }

            @Override
            public BatchCursor open(int[] order, int batchSize, long seed) {
                return source.open(order, batchSize, seed);
            }

            @Override
            public String fingerprint() {
                return "blocks";
            }
        };
    }

    @Test
    void aRunInBlocksThatWasBrokenOffEndsWithTheSameBitsToo() {
        var whole = trainer(folder.resolve("whole"), PLAN).fit(LinearTask.session(), inBlocks(TRAINING), VALIDATION);
        for (int at : new int[] {2, 7, 9, 17}) {
            var trainer = trainer(folder.resolve("broken-" + at), PLAN);
            assertThatThrownBy(() -> trainer.fit(LinearTask.session(), inBlocks(breaking(at)), VALIDATION))
                    .isInstanceOf(IllegalStateException.class);
            var result = trainer.resume(LinearTask.session(), inBlocks(TRAINING), VALIDATION);
            assertThat(result.weights()).as("broken off at step %d", at).isEqualTo(whole.weights());
        }
        var shuffled = trainer(folder.resolve("shuffled"), PLAN).fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(shuffled.weights()).isNotEqualTo(whole.weights());
    }

    @Test
    void aRunWithAFrozenStartEndsWithTheSameBitsToo() {
        TrainingPlan plan = PLAN.withFrozenEpochs(1);
        var whole = trainer(folder.resolve("whole"), plan).fit(LinearTask.session(), TRAINING, VALIDATION);
        for (int at : new int[] {3, 6, 7, 9}) {
            var trainer = trainer(folder.resolve("broken-" + at), plan);
            var broken = breaking(at);
            assertThatThrownBy(() -> trainer.fit(LinearTask.session(), broken, VALIDATION))
                    .isInstanceOf(IllegalStateException.class);
            var result = trainer.resume(LinearTask.session(), TRAINING, VALIDATION);
            assertThat(result.weights()).as("broken off at step %d", at).isEqualTo(whole.weights());
        }
    }

    @Test
    void aRunThatWasCancelledGoesOn() {
        var whole = trainer(folder.resolve("whole"), PLAN).fit(LinearTask.session(), TRAINING, VALIDATION);
        var checkpoints = Checkpoints.in(folder.resolve("cancelled"));
        var cancelling = new TrainingListener() {
            private int steps;

            @Override
            public void stepDone(StepProgress progress) {
                steps++;
            }

            @Override
            public boolean cancelled() {
                return steps == 8;
            }
        };
        var cancelled = new Trainer(PLAN, checkpoints, cancelling).fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(cancelled.end()).isEqualTo(End.CANCELLED);
        assertThat(cancelled.history()).hasSize(1);
        var result = new Trainer(PLAN, checkpoints, TrainingListener.NONE)
                .resume(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(result.weights()).isEqualTo(whole.weights());
    }

    @Test
    void aFinishedRunIsGivenBackAsItEnded() {
        var trainer = trainer(folder, PLAN);
        var whole = trainer.fit(LinearTask.session(), TRAINING, VALIDATION);
        var again = trainer.resume(LinearTask.session(), TRAINING, VALIDATION);
        assertThat(again).isEqualTo(whole);
        assertThat(Checkpoints.in(folder).last().orElseThrow().optimizer()).isEmpty();
    }

    @Test
    void otherSettingsOrDataAreRefusedByName() {
        trainer(folder, PLAN).fit(LinearTask.session(), TRAINING, VALIDATION);
        assertThatThrownBy(() -> trainer(folder, PLAN.withRates(0.5, 1e-4))
                        .resume(LinearTask.session(), LinearTask.samples(46, 1), VALIDATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning_rate was 0.03 and is 0.5, training_data was 45 samples");
    }

    @Test
    void processesKilledAtAnyMomentEndWithTheSameBits() throws Exception {
        String whole = finish(process(folder.resolve("whole"), "300").start());
        assertThat(whole).startsWith("weights ");
        var random = new Random(4);
        Path killed = folder.resolve("killed");
        int kills = 0;
        for (; kills < 5; kills++) {
            Process process = process(killed, "300").start();
            int epoch = kills;
            while (process.isAlive() && !Files.exists(killed.resolve(String.format("last-%06d", epoch)))) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(40));
            process.destroyForcibly().waitFor();
        }
        assertThat(finish(process(killed, "300").start())).isEqualTo(whole);
        try (Stream<Path> left = Files.list(killed)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .hasSize(2)
                    .contains("last-000006")
                    .noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void aFullDiskGivesOneMessageAndKeepsTheOldCheckpoint() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        // 30 000 inputs: 0.6 MB of weights; with moments 1.6 MB, which a disk of 2 MB cannot hold beside the first.
        List<String> command = new ArrayList<>(List.of(
                "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=2m none \"$0\" && exec \"$@\"", disk.toString()));
        assumeTrue(succeeds(command, "true"), "no size-limited tmpfs can be mounted here");
        command.addAll(process(disk, "30000").command());
        String said =
                finish(new ProcessBuilder(command).redirectErrorStream(true).start());
        assertThat(said)
                .contains("fault cannot write the checkpoint of epoch 1 (about 2 MB) into " + disk)
                .contains("No space left on device")
                .contains("last-000000 is kept, and the run can be resumed from it")
                .contains("kept 0");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() ->
                        trainer(file.resolve("checkpoints"), PLAN).fit(LinearTask.session(), breaking(1), VALIDATION))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("in the way");
    }

    @Test
    void damagedCheckpointsAreNamed() throws IOException {
        trainer(folder, PLAN).fit(LinearTask.session(), TRAINING, VALIDATION);
        Path state = folder.resolve("last-000003/training.json");
        String json = Files.readString(state);
        Files.writeString(state, json.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> Checkpoints.in(folder).last())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("training.json has format 2, this release reads format 1: use the newer release");
        Files.writeString(state, json.replace("COMPLETED", "EXPLODED"));
        assertThatThrownBy(() -> Checkpoints.in(folder).last()).hasMessageContaining("no state of a training run");
        Files.writeString(state, json.substring(0, 30));
        assertThatThrownBy(() -> Checkpoints.in(folder).last())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot read the checkpoint");
        Files.delete(state);
        assertThatThrownBy(() -> Checkpoints.in(folder).last())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("training.json");
    }

    private static Trainer trainer(Path folder, TrainingPlan plan) {
        return new Trainer(plan, Checkpoints.in(folder), TrainingListener.NONE);
    }

    private static Weights last(Trainer trainer) {
        return trainer.checkpoints().last().orElseThrow().weights();
    }

    private static Weights lastWeights(Path folder) {
        return Checkpoints.in(folder).last().orElseThrow().weights();
    }

    private static SampleSource breaking(int atStep) {
        return new TrainerTest.Spy(TRAINING) {
            private int batches;

            @Override
            void given(Batch batch) {
                if (++batches == atStep) {
                    throw new IllegalStateException("broken off");
                }
            }
        };
    }

    private static ProcessBuilder process(Path checkpoints, String inputs) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LinearTask.class.getName(),
                        checkpoints.toString(),
                        inputs)
                .redirectErrorStream(true);
    }

    private static boolean succeeds(List<String> command, String last) {
        try {
            var whole = new ArrayList<>(command);
            whole.add(last);
            return new ProcessBuilder(whole).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        process.waitFor();
        return said;
    }
}
