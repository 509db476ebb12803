package io.heimdall.spark;

import picocli.CommandLine.Option;

/** The size of the tasks of a command whose rows are recordings. */
final class TaskOptions {

    /** The option of whatever rows. */
    static final String NAME = "--per-task";

    static final int USUAL = 1024;
    static final int MOST = 65_536;

    @Option(
            names = NAME,
            paramLabel = "N",
            description = "Largest number of recordings of a task, 1.." + MOST + " (default: " + USUAL + ").")
    private int perTask = USUAL;

    TaskOptions() {}

    int perTask() {
        return perTask;
    }

    /** Checks the number. */
    void check(ClusterOptions cluster) {
        check(perTask, cluster);
    }

    /** Checks a number of rows. */
    static void check(int perTask, ClusterOptions cluster) {
        if (perTask < 1 || perTask > MOST) {
            throw cluster.wrong(NAME + " " + perTask + " is not in 1.." + MOST);
        }
    }
}
