package io.heimdall.app.command;

/** Progress of work that tells its total only when it is under way. */
final class LazyProgress implements AutoCloseable {
    private final String task;
    private final Output output;
    private Progress progress;

    LazyProgress(String task, Output output) {
        this.task = task;
        this.output = output;
    }

    /** Shows that so many of all steps are done. */
    void to(long done, long total) {
        if (progress == null) {
            progress = output.progress(task, total);
        }
        progress.to(done, "");
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
