package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.backend.CrashLog;
import io.heimdall.model.backend.Processor;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.training.StepMark.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class DeathsTest {
    @TempDir
    Path workspace;

    private Path folder;
    private Deaths deaths;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = Files.createDirectory(workspace.resolve("0f3a"));
        Files.createDirectory(workspace.resolve("crashes"));
        deaths = new Deaths(folder);
    }

    /** Whoever takes the lock next finds out. */
    private void takenOver() throws IOException {
        TrainingClaim.holding(folder, claim -> null);
    }

    @Test
    void aFaultInNativeCodeIsKnownWithItsLog() throws Exception {
        assertThat(DyingProcess.run(folder, 7, "fault")).isEqualTo(134);
        takenOver();

        Death death = deaths.all().get(0);
        assertThat(death.place()).isEqualTo(new Place(Phase.TRAIN, 7));
        assertThat(death.processor()).isEqualTo(Processor.ofThisMachine().toString());
        CrashLog log = death.log().orElseThrow();
        assertThat(log.cause()).isEqualTo("SIGSEGV (0xb)");
        assertThat(log.file()).hasParentRaw(folder).content().contains("A fatal error has been detected");
        assertThat(deaths.tooMany()).isEmpty();
    }

    @Test
    void threeDeathsAtOneStepAreTooManyAndWhatIsKnownIsSaid() throws Exception {
        assertThat(DyingProcess.run(folder, 11, "ABRT")).isEqualTo(134);
        takenOver();
        assertThat(DyingProcess.run(folder, 3, "fault")).isEqualTo(134);
        takenOver();
        assertThat(DyingProcess.run(folder, 11, "fault")).isEqualTo(134);
        takenOver();
        assertThat(deaths.tooMany()).as("two at step 12, one at step 4").isEmpty();
        assertThat(DyingProcess.run(folder, 11, "KILL")).isEqualTo(137);
        takenOver();

        assertThat(deaths.tooMany())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("run 0f3a is not tried again: its process died 3 times at step 12 of the training")
                        .contains("on " + Processor.ofThisMachine())
                        .contains("it left no crash log", "exit code 137", "exit code 134")
                        .contains("--resume 0f3a --try-again"));

        List<Death> reordered = deaths.all();
        assertThat(reordered.get(2).toString())
                .contains("exit code 134, SIGSEGV (0xb)")
                .contains(", see " + folder.resolve("hs_err_pid"));

        deaths.forget();
        assertThat(deaths.tooMany()).isEmpty();
    }

    /** Also one of a pretraining. */
    @Test
    void aCheckpointMakesDeathsForgotten() throws IOException {
        Worker self = Worker.self(true);
        new Worker(self.pid() + 1, "", self.host(), self.boot(), true, self.processor(), Optional.empty())
                .write(folder);
        takenOver();
        assertThat(deaths.all()).hasSize(1);

        try (StepMark mark = StepMark.open(folder)) {
            new MarkedListener(PipelineListener.NONE, mark, deaths).checkpoint();
        }
        assertThat(deaths.all()).isEmpty();
    }

    @Test
    void whoIsToldToStopHasNotDied() throws Exception {
        assertThat(DyingProcess.run(folder, 5, "TERM")).isEqualTo(143);
        assertThat(DyingProcess.run(folder, 5, "exit")).isEqualTo(3);
        takenOver();

        assertThat(deaths.all()).isEmpty();
    }

    @Test
    void anotherProcessorSaysNothingOfThisOneAndARestartOfTheMachineIsNoDeath() throws IOException {
        Worker self = Worker.self(true);
        Worker elsewhere =
                new Worker(self.pid() + 1, "", self.host(), self.boot(), true, "Xeon (AVX-512)", Optional.empty());
        Worker unplugged = new Worker(
                self.pid() + 1, "", self.host(), "an earlier start", true, self.processor(), Optional.empty());
        for (int i = 0; i < 3; i++) {
            elsewhere.write(folder);
            takenOver();
            unplugged.write(folder);
            takenOver();
        }

        assertThat(deaths.all()).hasSize(3).allMatch(death -> death.processor().equals("Xeon (AVX-512)"));
        assertThat(deaths.tooMany()).isEmpty();
    }

    @Test
    void theCrashLogOfAnEarlierProcessOfTheSameNumberIsNotItsOwn() throws Exception {
        Worker self = Worker.self(true);
        Path old = Files.writeString(
                workspace.resolve("crashes/hs_err_pid77.log"), "#\n#  SIGSEGV (0xb) at pc=0x1, pid=77\n");
        Files.setLastModifiedTime(
                old,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(600)));
        new Worker(77, "", self.host(), self.boot(), true, self.processor(), Optional.of(old)).write(folder);
        StepMark.open(folder).close();
        takenOver();

        assertThat(deaths.all())
                .singleElement()
                .satisfies(death -> assertThat(death.log()).isEmpty());
    }

    @Test
    void aDamagedListIsNone() throws IOException {
        Files.writeString(folder.resolve("deaths.json"), "[{\"process\": ");
        assertThat(deaths.all()).isEmpty();
        assertThat(deaths.tooMany()).isEmpty();
    }

    @Test
    void placesAreNamedInTheUsersWords() {
        assertThat(new Place(Phase.TRAIN, 0)).hasToString("at step 1 of the training");
        assertThat(new Place(Phase.LOAD, 20)).hasToString("in the phase Features, after 20 of its steps");
        assertThat(StepMark.read(folder)).isEmpty();
    }
}
