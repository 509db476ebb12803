package io.heimdall.tracking.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes at one store. */
class LocksTest {
    private static final int VERSIONS = 25;

    @TempDir
    Path directory;

    @Test
    void whoCannotSendIsToldSoAndMayOnceTheOtherIsGone() throws Exception {
        Process other = LockProcess.start("send", directory.toString());
        try {
            assertThatThrownBy(() -> StoreSync.alone(directory, Duration.ofMillis(120), () -> "sent"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another thread or process has been sending the store for 120 ms")
                    .hasMessageContaining(directory.toString());
        } finally {
            other.destroyForcibly().waitFor(); // a killed process leaves no lock
        }
        assertThat(StoreSync.alone(directory, Duration.ZERO, () -> "sent")).isEqualTo("sent");
    }

    @Test
    void aThreadThatGivesUpLeavesTheLockToTheOneThatSends() throws Exception {
        String sent = StoreSync.alone(directory, Duration.ZERO, () -> {
            assertThatThrownBy(() -> StoreSync.alone(directory, Duration.ZERO, () -> "sent twice"))
                    .hasMessageContaining("has been sending the store");
            assertThatThrownBy(() -> LockProcess.start("send", directory.toString()))
                    .hasMessageContaining("has been sending the store");
            return "sent";
        });
        assertThat(sent).isEqualTo("sent");
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        Process other = LockProcess.start("send", directory.toString());
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> StoreSync.alone(directory, Duration.ofMinutes(5), () -> "sent"))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void promotionsOfTwoProcessesLeaveOneChampionAndATraceOfEach() throws Exception {
        FileStoreTracker store = FileStoreTracker.open(directory.resolve("mlruns"));
        TrackedRun run = store.start(RunInfo.of("heimdall", "small"));
        Path model = Files.createDirectories(directory.resolve("m"));
        Files.writeString(model.resolve("MLmodel"), "flavors: {}");
        run.artifact(model, "model");
        store.registerModel("small", run.id(), "model");
        store.registerModel("small", run.id(), "model");
        store.alias("small", "champion", 1);
        Process other = LockProcess.start("move", store.root().toString(), "200");
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
        int moved = LockProcess.move(store, 200);
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(other.waitFor()).as(said).isZero();
        moved += Integer.parseInt(said);

        List<ModelVersion> versions = store.versions("small");
        assertThat(versions)
                .extracting(ModelVersion::aliases)
                .containsExactlyInAnyOrder(Set.of("champion"), Set.of("previous"));
        assertThat(versions.get(moved % 2).aliases()).containsExactly("champion");
        assertThat(versions.stream().mapToInt(version -> version.tags().size()).sum())
                .isEqualTo(moved);
    }

    @Test
    void versionsRegisteredAtTheSameTimeHaveNumbersOfTheirOwn() throws Exception {
        FileStoreTracker store = FileStoreTracker.open(directory.resolve("mlruns"));
        TrackedRun run = store.start(RunInfo.of("heimdall", "small"));
        Path model = Files.createDirectories(directory.resolve("m"));
        Files.writeString(model.resolve("MLmodel"), "flavors: {}");
        run.artifact(model, "model");
        Process other = LockProcess.start("register", store.root().toString(), run.id(), String.valueOf(VERSIONS));
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
        for (int i = 0; i < VERSIONS; i++) {
            store.registerModel("small", run.id(), "model");
        }
        assertThat(other.waitFor()).isZero();
        assertThat(store.versions("small"))
                .extracting(ModelVersion::version)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 2 * VERSIONS).boxed().toList());
    }
}
