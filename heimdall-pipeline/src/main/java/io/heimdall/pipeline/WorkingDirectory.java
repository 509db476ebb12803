package io.heimdall.pipeline;

import java.nio.file.Path;

/**
 * The local directory of what is under way; nothing of it need be there.
 *
 * @param path of it
 */
public record WorkingDirectory(Path path) {
    /** Returns where computed features are kept; may be deleted at any time. */
    public Path featureCache() {
        return path.resolve("cache").resolve("features");
    }

    /** Returns where trainings keep their checkpoints and reports, a folder each. */
    public Path trainings() {
        return path.resolve("trainings");
    }

    /** Returns where sweeps keep their journals and the checkpoints of their trials, a folder each. */
    public Path sweeps() {
        return path.resolve("sweeps");
    }

    /** Returns where the locks are that keep two processes of a machine from one job. */
    public Path jobLocks() {
        return path.resolve("cache").resolve("jobs");
    }
}
