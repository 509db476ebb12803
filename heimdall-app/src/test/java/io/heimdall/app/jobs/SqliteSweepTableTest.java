package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSweepTableTest extends SweepTableContract {
    private static final String SPACE = "{rungs: [1], base: {network: small, epochs: 2}, space: {patience: [1, 2]}}";

    @TempDir
    Path directory;

    @Override
    JobStore store() {
        return JobStore.in(directory);
    }

    @Test
    void aDatabaseThatIsAwayForAMomentIsNoFaultOfTheJob() {
        JobDatabase database = JobDatabase.open(store());
        SweepTable sweeps = new SweepTable(database);
        SweepOrder order =
                new SweepOrder("s", SPACE, SpaceFile.parse("the space", SPACE, TrainingSettings.seeded(3)), 2, 1, true);
        SweepTable.Made made = sweeps.add(order, order.plan().begun(order.plan().proposals(2)))
                .orElseThrow()
                .get(0);
        JobClaims.Claim claim = new JobClaims(database)
                .claim(made.job(), made.dispatch(), "worker")
                .orElseThrow();
        rename(database, "heimdall_sweep", "away");
        CompletableFuture<Void> back = CompletableFuture.runAsync(
                () -> rename(database, "away", "heimdall_sweep"),
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        assertThat(new TableJournal(database, "s", claim).state().trials()).hasSize(2);
        back.join();
    }

    private static void rename(JobDatabase database, String from, String to) {
        database.with(handle -> handle.execute("ALTER TABLE " + from + " RENAME TO " + to));
    }
}
