package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import io.heimdall.app.command.OtherJvm;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A service that is started again whenever it has died, as a supervisor does; a job of it aborts its process at a step. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT) // it waits most of its time
@ExtendWith(OtherJvm.class)
class DyingWorkerTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theJobEndsWithWhatIsKnown() throws Exception {
        Path place = directory.resolve("w");
        Run.heimdall("simulate", "--workspace", place, "--sessions", 40);
        TrainingSettings settings = TrainingSettings.seeded(6)
                .withNetwork("small")
                .withPlan(TrainingPlan.seeded(6).withEpochs(3).withBatchSize(8));
        Path log = directory.resolve("workers.txt");
        List<String> options =
                List.of("-Ddying.step=6", "-Ddying.how=fault", "-XX:ErrorFile=" + directory + "/hs_err_pid%p.log");
        int deaths = 0;
        try (Workspace workspace = Workspace.open(place);
                Services services = Services.of(workspace);
                TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(place), 0)) {
            String doomed = submitted(JobStore.in(place), settings.withBackend("dying"));
            while (!jobs.find(doomed).orElseThrow().status().ended()) {
                Process worker = OtherJvm.startDying(
                        options, log.toFile(), List.of("serve", "--no-http", "--workspace", place.toString()));
                while (worker.isAlive()
                        && !jobs.find(doomed).orElseThrow().status().ended()) {
                    Thread.sleep(200);
                }
                deaths += worker.isAlive() ? 0 : 1;
                worker.destroy();
                OtherJvm.exit(worker);
            }
            TrainingJob job = jobs.await(doomed, Duration.ofSeconds(1));
            System.out.println("died " + deaths + " times, then: " + job.error().orElse(""));
            assertThat(job.status()).as(Files.readString(log)).isEqualTo(JobStatus.FAILED);
            assertThat(job.error().orElseThrow())
                    .contains("its process died 3 times at step 6 of the training", "SIGSEGV (0xb)", "hs_err_pid");
            assertThat(deaths).isEqualTo(3);
            assertThat(job.attempts()).isEqualTo(4);
        }
    }

    /** Submits past the check that this process has the backend. */
    private static String submitted(JobStore store, TrainingSettings settings) {
        UUID dispatch = UUID.randomUUID();
        String id = new JobTable(JobDatabase.open(store))
                .add(settings, dispatch, Optional.empty())
                .job()
                .id();
        try (JobQueue queue = JobQueue.in(store)) {
            queue.dispatch(dispatch, id);
        }
        return id;
    }
}
