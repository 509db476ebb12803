package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerState.Moments;
import io.heimdall.model.train.Checkpoints.Kind;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    @TempDir
    Path folder;

    @Test
    void ofEachKindTheNewestAloneIsKept() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder.resolve("made"));
        assertThat(checkpoints.present()).isFalse();
        assertThat(checkpoints.best()).isEmpty();
        checkpoints.write(Kind.LAST, checkpoint(9, 1), Set.of());
        assertThat(checkpoints.best().orElseThrow().epoch())
                .as("nothing was validated")
                .isEqualTo(9);
        checkpoints.write(Kind.BEST, checkpoint(9, 1), Set.of());
        checkpoints.write(Kind.LAST, checkpoint(10, 2), Set.of());
        assertThat(names(folder.resolve("made"))).containsExactly("best-000009", "last-000010");
        Checkpoint last = checkpoints.last().orElseThrow();
        assertThat(last).usingRecursiveComparison().as("all of it comes back").isEqualTo(checkpoint(10, 2));
        assertThat(checkpoints.best().orElseThrow().weights())
                .isEqualTo(checkpoint(9, 1).weights());
    }

    @Test
    void anEpochThatIsWrittenAgainTakesTheOldOnesPlace() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder);
        checkpoints.write(Kind.LAST, checkpoint(3, 1), Set.of());
        Files.createDirectories(folder.resolve(".aside-of-a-killed-process/x"));
        checkpoints.write(Kind.LAST, checkpoint(3, 2), Set.of());
        assertThat(names(folder)).containsExactly("last-000003");
        assertThat(checkpoints.last().orElseThrow().weights())
                .isEqualTo(checkpoint(3, 2).weights());
    }

    @Test
    void aBestOneThatIsBestNoMoreIsKeptIfItIsToBe() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder);
        checkpoints.write(Kind.BEST, checkpoint(3, 1), Set.of());
        checkpoints.write(Kind.BEST, checkpoint(5, 2), Set.of(3));
        checkpoints.write(Kind.KEPT, checkpoint(6, 3), Set.of(3, 6));
        assertThat(names(folder)).containsExactly("best-000005", "kept-000003", "kept-000006");
        assertThat(checkpoints.best().orElseThrow().epoch()).isEqualTo(5);

        checkpoints.keep(Set.of(6));
        assertThat(names(folder)).containsExactly("best-000005", "kept-000006");
        checkpoints.write(Kind.BEST, checkpoint(7, 2), Set.of(6));
        assertThat(names(folder)).containsExactly("best-000007", "kept-000006");
    }

    @Test
    void aProcessKilledBetweenTwoRenamesLosesNothing() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder);
        checkpoints.write(Kind.BEST, checkpoint(3, 1), Set.of());
        Files.move(folder.resolve("best-000003"), folder.resolve("best-000003-old"));
        assertThat(checkpoints.best().orElseThrow().weights())
                .isEqualTo(checkpoint(3, 1).weights());
        checkpoints.write(Kind.BEST, checkpoint(3, 2), Set.of());
        assertThat(names(folder)).containsExactly("best-000003");
        // And after the second rename: the new one counts.
        Checkpoints.in(folder.resolve("other")).write(Kind.BEST, checkpoint(3, 1), Set.of());
        Files.move(folder.resolve("other/best-000003"), folder.resolve("best-000003-old"));
        assertThat(checkpoints.best().orElseThrow().weights())
                .isEqualTo(checkpoint(3, 2).weights());
    }

    @Test
    void halfAStateOfTheOptimiserIsRefused() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder);
        checkpoints.write(Kind.LAST, checkpoint(3, 1), Set.of());
        Path moments = folder.resolve("last-000003/moments.safetensors");
        Safetensors.write(moments, new Weights(Map.of("first.weight", FloatTensor.of(new float[] {1, 2}, 2))));
        assertThatThrownBy(checkpoints::last)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has the first but not the second moments of weight");
    }

    /** Each file of a checkpoint, cut short or of another content: whoever tries again gets the same. */
    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "moments.safetensors", "training.json"})
    void aDamagedCheckpointStaysDamaged(String name) throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder);
        checkpoints.write(Kind.LAST, checkpoint(3, 1), Set.of());
        Path file = folder.resolve("last-000003").resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), "{}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, damaged);
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(checkpoints::last)
                    .satisfies(fault -> {
                        assertThat(fault.mayPassLater()).isFalse();
                        assertThat(fault.subject()).isEqualTo(file.getParent().toString());
                    })
                    .havingCause()
                    .isInstanceOf(UnusableFileException.class)
                    .withMessageContaining(file.getParent().toString());
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderMayGoAway() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        Checkpoints checkpoints = Checkpoints.in(inTheWay);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> checkpoints.write(Kind.LAST, checkpoint(3, 1), Set.of()))
                .satisfies(fault -> {
                    assertThat(fault.mayPassLater()).isTrue();
                    assertThat(fault.subject()).isEqualTo(inTheWay.toString());
                });
    }

    private static Checkpoint checkpoint(int epoch, float value) {
        var metrics = new EpochMetrics(
                epoch,
                7L * epoch,
                0.5,
                1.25,
                1e-3,
                OptionalDouble.of(0.75),
                OptionalDouble.of(1.5),
                Duration.ofMillis(20));
        var moments = new Moments(new float[] {value, 0.5f}, new float[] {value * value, 0.25f});
        return new Checkpoint(
                new Weights(Map.of("weight", FloatTensor.of(new float[] {value, -value}, 1, 2))),
                Optional.of(new OptimizerState(7L * epoch, Map.of("weight", moments))),
                Collections.nCopies(epoch, metrics),
                Optional.empty(),
                Map.of("seed", "11"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
