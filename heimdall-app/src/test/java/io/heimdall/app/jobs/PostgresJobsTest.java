package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table and queue on a PostgreSQL server, with two workers: each job ends once. */
class PostgresJobsTest {
    @TempDir
    Path directory;

    @Test
    void twoWorkersEndEveryJobOnce() throws Exception {
        try (Workspace workspace = Workspace.create(directory.resolve("w"));
                Services services = Services.of(workspace)) {
            JobStore store = JobStore.of(workspace.directory(), PostgresJobTableTest.newDatabase());
            try (TrainingJobs one = TrainingJobs.open(services, store, 1);
                    TrainingJobs two = TrainingJobs.open(services, store, 1)) {
                List<String> ids = new ArrayList<>();
                for (int seed = 0; seed < 10; seed++) {
                    ids.add(one.submit(TrainingSettings.seeded(seed).withNetwork("small"))
                            .id());
                }
                for (String id : ids) { // the workspace is empty: they fail, at once and for good
                    TrainingJob job = two.await(id, Duration.ofMinutes(3));
                    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
                    assertThat(job.attempts()).isEqualTo(1);
                    assertThat(job.error().orElseThrow()).contains("no approved session");
                }
                assertThat(one.workers()).isEqualTo(2);
                assertThat(one.places()).isGreaterThanOrEqualTo(2);
            }
        }
    }
}
