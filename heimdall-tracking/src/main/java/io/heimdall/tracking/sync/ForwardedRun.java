package io.heimdall.tracking.sync;

import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A run of the file store whose changes are told.
 *
 * @param run in the store
 * @param changed called after each change
 * @param ended called before the last one is
 */
record ForwardedRun(TrackedRun run, Runnable changed, Runnable ended) implements TrackedRun {

    @Override
    public String id() {
        return run.id();
    }

    @Override
    public void param(String name, String value) {
        run.param(name, value);
        changed.run();
    }

    @Override
    public void tag(String name, String value) {
        run.tag(name, value);
        changed.run();
    }

    @Override
    public void metric(String name, double value, long step, Instant at) {
        run.metric(name, value, step, at);
        changed.run();
    }

    @Override
    public void artifact(Path source, String directory) {
        run.artifact(source, directory);
        changed.run();
    }

    @Override
    public void finish(RunStatus status) {
        run.finish(status);
        ended.run();
        changed.run();
    }
}
