package io.heimdall.spark;

import io.heimdall.app.Explanation;
import org.apache.spark.SparkThrowable;

/** Says why a task failed, in the words of whoever noticed first, without Spark's stack traces. */
final class TaskFaults {
    private TaskFaults() {}

    /** Returns one line for what Spark throws after it has tried a task as often as it does. */
    static String explained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof SparkThrowable)) {
                return Explanation.of(cause);
            }
        }
        return Explanation.of(failure).lines().findFirst().orElse(failure.toString());
    }
}
