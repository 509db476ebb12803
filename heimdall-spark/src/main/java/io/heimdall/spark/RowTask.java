package io.heimdall.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;

/**
 * What a worker does with the rows of a task.
 *
 * @param work on each row
 * @param done counts rows, for whoever watches
 */
record RowTask<T, R>(RowWork<T, R> work, LongAccumulator done)
        implements FlatMapFunction<ArrayList<Sized<T>>, Result<R>> {

    /** Returns the results of the rows, after the work is closed: they are durable then. */
    @Override
    public Iterator<Result<R>> call(ArrayList<Sized<T>> rows) throws IOException {
        List<Result<R>> results = new ArrayList<>(rows.size());
        try (RowWork.Opened<T, R> opened = work.open()) {
            for (Sized<T> row : rows) {
                if (TaskContext.get().isInterrupted()) {
                    throw new IOException("the task was stopped");
                }
                results.add(new Result<>(row.number(), opened.of(row.row())));
            }
        }
        done.add(results.size());
        return results.iterator();
    }
}
