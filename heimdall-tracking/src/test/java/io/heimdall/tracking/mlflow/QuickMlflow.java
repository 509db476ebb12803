package io.heimdall.tracking.mlflow;

import io.heimdall.files.Backoff;
import io.heimdall.files.ObjectStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Trackers that try again after milliseconds, where the usual ones wait for seconds. */
public final class QuickMlflow {
    /** Long enough for a busy machine; what stalls is tested with a shorter one. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    public static final Duration SHORT_LIMIT = Duration.ofMillis(1500);

    private QuickMlflow() {}

    /** Returns a tracker that tries five times. */
    public static MlflowTracker tracker(URI address, Duration limit, Path directory, Optional<ObjectStore> objects) {
        MlflowSettings settings = new MlflowSettings(address, Optional.of("Bearer sesame"), limit, 5);
        Backoff quick = Backoff.counted(5, Duration.ofMillis(2), Duration.ofMillis(20));
        return new MlflowTracker(
                new MlflowServer(new MlflowConnection(settings), quick), directory.resolve("cache"), objects);
    }

    /** Returns a tracker that tries once. */
    public static MlflowTracker impatient(URI address, Path cache) {
        return new MlflowTracker(
                new MlflowServer(
                        new MlflowConnection(MlflowSettings.of(address)),
                        Backoff.counted(1, Duration.ZERO, Duration.ofMillis(1))),
                cache,
                Optional.empty());
    }
}
