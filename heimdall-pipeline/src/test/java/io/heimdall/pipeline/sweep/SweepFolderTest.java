package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.files.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {
    @TempDir
    Path directory;

    private SweepFolder sweep;

    @BeforeEach
    void make() throws IOException {
        sweep = new SweepFolder(Files.createDirectories(directory.resolve("rates")));
    }

    private static Trial trial(int number, String run) {
        return Trial.proposed(number, Map.of()).withRun(run);
    }

    private void train(String... runs) throws IOException {
        for (String run : runs) {
            Files.createDirectories(sweep.working().trainings().resolve(run).resolve("checkpoints"));
        }
    }

    private List<String> trainings() throws IOException {
        try (Stream<Path> left = Files.list(sweep.working().trainings())) {
            return left.map(run -> run.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsTheTrainingsOfTrialsThatMayGoOn() throws IOException {
        List<Trial> trials = List.of(trial(1, "a"), trial(2, "b").drop(), Trial.proposed(3, Map.of()));
        sweep.keep(trials);
        train("a", "b", "left");

        sweep.keep(trials);

        assertThat(trainings()).containsExactly("a");
        sweep.delete(trial(1, "a"));
        sweep.delete(trial(1, "a"));
        assertThat(trainings()).isEmpty();
    }

    @Test
    void deletesTheTrainingsOfDroppedTrialsAndNoOther() throws IOException {
        train("a", "b", "of a trial at work");

        sweep.deleteDropped(List.of(
                trial(1, "a"), trial(2, "b").drop(), trial(3, "elsewhere").drop()));

        assertThat(trainings()).containsExactly("a", "of a trial at work");
    }

    @Test
    void aFolderHasOneOwner() throws IOException {
        sweep.claim("7f-id");
        sweep.claim("7f-id");

        assertThatThrownBy(() -> sweep.claim(SweepFolder.COMMAND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is that of another sweep, of the workers of 'heimdall serve'");
        assertThatThrownBy(() -> sweep.claim("8e-id")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatHasBegunWithoutAnOwnerIsTheCommands() throws IOException {
        sweep.begin(new SweepState("{}", "parent", List.of(), Optional.empty()));

        assertThatThrownBy(() -> sweep.claim("7f-id")).hasMessageContaining("of 'heimdall sweep'");
        sweep.claim(SweepFolder.COMMAND);
    }

    @Test
    void aTrialIsHeldByOneThreadOrProcess() throws IOException {
        FolderJournal journal = new FolderJournal(sweep);
        Optional<TrialHold> first = TrialHold.take(sweep, journal, 1);

        assertThat(TrialHold.take(sweep, journal, 1)).isEmpty();
        assertThat(TrialHold.take(sweep, journal, 2)).isPresent();

        first.orElseThrow().close();
        first.orElseThrow().close();
        assertThat(TrialHold.take(sweep, journal, 1)).isPresent();
    }

    @Test
    void itIsLedWhileSomebodyHoldsTheLock() throws IOException {
        assertThat(sweep.isLed()).isFalse();
        try (ExclusiveFile lock = ExclusiveFile.take(sweep.leader()).orElseThrow()) {
            assertThat(sweep.isLed()).as(lock.toString()).isTrue();
        }
        assertThat(sweep.isLed()).isFalse();
    }

    @Test
    void itIsNotKnownToBeLedWhereItsLockMayNotBeOpened() throws IOException {
        Path lock = Files.createFile(sweep.leader());
        assumeTrue(lock.toFile().setWritable(false) && !Files.isWritable(lock), "the superuser may open all");

        assertThat(sweep.isLed()).isFalse();
    }
}
