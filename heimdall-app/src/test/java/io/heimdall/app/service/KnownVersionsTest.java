package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownVersionsTest {
    private static final String NAME = "localization";

    @TempDir
    Path directory;

    private void register(Tracker tracker) throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.writeString(model.resolve("model.onnx"), "a model");
        TrackedRun run = tracker.start(new RunInfo("experiment", "run", Map.of()));
        run.artifact(model, "model");
        run.finish(RunStatus.FINISHED);
        tracker.registerModel(NAME, run.id(), "model");
    }

    @Test
    void versionsAreASecondOldAtMost() throws Exception {
        Tracker tracker = FileStoreTracker.open(directory.resolve("mlruns"));
        AtomicInteger asked = new AtomicInteger();
        try (KnownVersions known = new KnownVersions(name -> {
            asked.incrementAndGet();
            return tracker.versions(name);
        })) {
            assertThat(known.of(NAME)).isEmpty();
            register(tracker);
            assertThat(known.of(NAME)).extracting(ModelVersion::version).containsExactly(1); // none was not remembered
            register(tracker);
            Thread.sleep(1100);
            while (known.of(NAME).size() < 2) { // a slow answer is not waited for
                Thread.sleep(100);
            }
            assertThat(known.of(NAME)).extracting(ModelVersion::version).containsExactly(1, 2);
            int before = asked.get();
            for (int i = 0; i < 1000; i++) {
                known.of(NAME);
            }
            assertThat(asked.get() - before).isLessThan(10); // one a second
        }
    }

    @Test
    void trackerThatIsAwayOrSilentLeavesWhatWasKnown() throws Exception {
        Tracker tracker = FileStoreTracker.open(directory.resolve("mlruns"));
        register(tracker);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (KnownVersions known = new KnownVersions(name -> {
            switch (asked.incrementAndGet()) {
                case 1:
                    return tracker.versions(name);
                case 2:
                    throw new TrackingException("connection refused");
                default:
                    return waitFor(never);
            }
        })) {
            List<ModelVersion> first = known.of(NAME);
            Thread.sleep(1100);
            assertThat(known.of(NAME)).isEqualTo(first).isNotEmpty();
            Thread.sleep(1100);
            assertThat(known.of(NAME)).isEqualTo(first);
            while (asked.get() < 3) { // its thread may still be starting
                Thread.sleep(10);
            }
            never.countDown();
        }
    }

    @Test
    void failureIsToldToWhoHasNothingToFallBackOn() {
        try (KnownVersions known = new KnownVersions(name -> {
            throw new TrackingException("connection refused");
        })) {
            assertThatThrownBy(() -> known.of(NAME))
                    .isInstanceOf(TrackingException.class)
                    .hasMessage("connection refused");
        }
    }

    private static List<ModelVersion> waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }
}
