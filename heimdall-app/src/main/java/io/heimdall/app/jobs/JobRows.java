package io.heimdall.app.jobs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.result.RowView;

/** Makes jobs and epochs of rows. */
final class JobRows {
    private JobRows() {}

    static TrainingJob job(RowView row) {
        return new TrainingJob(
                row.getColumn("id", String.class),
                JobStatus.valueOf(row.getColumn("status", String.class)),
                SettingsJson.parse(row.getColumn("settings", String.class)),
                Instant.ofEpochMilli(row.getColumn("submitted", Long.class)),
                optional(row, "started", Long.class).map(Instant::ofEpochMilli),
                optional(row, "ended", Long.class).map(Instant::ofEpochMilli),
                row.getColumn("attempts", Integer.class),
                row.getColumn("cancel_requested", Integer.class) == 1,
                JobJson.progress(row.getColumn("progress", String.class)),
                optional(row, "run_id", String.class),
                optional(row, "result", String.class).map(JobJson::result),
                optional(row, "error", String.class),
                row.getColumn("revision", Long.class));
    }

    static EpochPoint epoch(RowView row) {
        return new EpochPoint(
                row.getColumn("epoch", Integer.class),
                number(row, "training_loss"),
                optional(row, "validation_nll", Double.class)
                        .map(OptionalDouble::of)
                        .orElseGet(OptionalDouble::empty),
                number(row, "learning_rate"),
                number(row, "seconds"));
    }

    /** Returns a number; 0 for one that is none, which SQLite keeps as nothing. */
    private static double number(RowView row, String column) {
        return optional(row, column, Double.class).orElse(0.0);
    }

    static <T> Optional<T> optional(RowView row, String column, Class<T> type) {
        return Optional.ofNullable(row.getColumn(column, type));
    }
}
