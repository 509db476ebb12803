package io.heimdall.app.jobs;

import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.pipeline.sweep.JournalJson;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The tables of sweeps: what each is, its journal, and the jobs that work on it. */
record SweepTable(JobDatabase database) {
    /**
     * A sweep as it is kept.
     *
     * @param name of it
     * @param id that no other sweep has, whatever its name
     * @param submitted when
     * @param plan of it
     * @param trainsFinal whether the best is trained on folds
     */
    record Stored(String name, String id, Instant submitted, SweepPlan plan, boolean trainsFinal) {}

    /** A job that a submission has made, and its handing out. */
    record Made(String job, UUID dispatch) {}

    /** A name and its time, for lists. */
    record Entry(String name, Instant submitted) {}

    /** Adds a sweep with its jobs; empty, and nothing is changed, if there is one of the name. */
    Optional<List<Made>> add(SweepOrder order, SweepState begun) {
        String settings = SettingsJson.write(order.plan().base()).toString();
        return database.transaction(handle -> {
            int added = handle.createUpdate("""
                            INSERT INTO heimdall_sweep
                                (name, id, submitted, settings, space, train_final, journal, revision)
                            VALUES (:name, :id, :now, :settings, :space, :final, :journal, 1)
                            ON CONFLICT DO NOTHING""")
                    .bind("name", order.name())
                    .bind("id", UUID.randomUUID().toString())
                    .bind("now", JobDatabase.now())
                    .bind("settings", settings)
                    .bind("space", order.space())
                    .bind("final", order.trainsFinal() ? 1 : 0)
                    .bind("journal", JournalJson.write(begun))
                    .execute();
            return added == 0 ? Optional.empty() : Optional.of(parts(handle, order));
        });
    }

    private static List<Made> parts(Handle handle, SweepOrder order) {
        List<Made> all = new ArrayList<>();
        for (int part = 1; part <= order.workers(); part++) {
            Made made = new Made(UUID.randomUUID().toString(), UUID.randomUUID());
            JobTable.insert(handle, made.job(), order.plan().base(), made.dispatch(), Optional.empty());
            handle.createUpdate("INSERT INTO heimdall_sweep_part (job_id, sweep, part) VALUES (:job, :sweep, :part)")
                    .bind("job", made.job())
                    .bind("sweep", order.name())
                    .bind("part", part)
                    .execute();
            all.add(made);
        }
        return all;
    }

    /** Returns the names of the sweeps. */
    List<Entry> entries() {
        return database.with(handle -> handle.createQuery("SELECT name, submitted FROM heimdall_sweep")
                .map(row -> new Entry(
                        row.getColumn("name", String.class),
                        Instant.ofEpochMilli(row.getColumn("submitted", Long.class))))
                .list());
    }

    /** Returns a sweep as it is now. */
    Optional<SweepJob> find(String name) {
        return database.transaction(handle -> stored(handle, "name = :value", name)
                .map(stored -> {
                    List<TrainingJob> jobs = jobs(handle, name); // first: a job that has ended has written its journal
                    return new SweepJob(
                            stored.name(),
                            stored.submitted(),
                            stored.plan(),
                            JournalJson.read(database.name(), journal(handle, name)),
                            stored.trainsFinal(),
                            jobs);
                }));
    }

    /** Returns the sweep that a job works on; empty if it is a training by itself. */
    Optional<Stored> ofJob(String job) {
        return database.with(
                handle -> stored(handle, "name = (SELECT sweep FROM heimdall_sweep_part WHERE job_id = :value)", job));
    }

    private static Optional<Stored> stored(Handle handle, String where, String value) {
        return handle.createQuery(
                        "SELECT name, id, submitted, settings, space, train_final FROM heimdall_sweep WHERE " + where)
                .bind("value", value)
                .map(row -> stored(row))
                .findFirst();
    }

    private static Stored stored(RowView row) {
        String name = row.getColumn("name", String.class);
        SweepPlan plan = SpaceFile.parse(
                "the space of sweep " + name,
                row.getColumn("space", String.class),
                SettingsJson.parse(row.getColumn("settings", String.class)));
        return new Stored(
                name,
                row.getColumn("id", String.class),
                Instant.ofEpochMilli(row.getColumn("submitted", Long.class)),
                plan,
                row.getColumn("train_final", Integer.class) == 1);
    }

    private static String journal(Handle handle, String name) {
        return handle.createQuery("SELECT journal FROM heimdall_sweep WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }

    private static List<TrainingJob> jobs(Handle handle, String name) {
        return handle.createQuery("""
                        SELECT * FROM heimdall_training_job JOIN heimdall_sweep_part ON id = job_id
                         WHERE sweep = :name ORDER BY part""").bind("name", name).map(JobRows::job).list();
    }
}
