package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import io.heimdall.app.command.OtherJvm;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Workers in JVMs of their own: one asked to stop, one killed as kill -9 does; a third ends the job with the same weights. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT) // it waits most of its time
@ExtendWith(OtherJvm.class)
class KilledWorkerTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.seeded(6)
            .withNetwork("small")
            .withPlan(TrainingPlan.seeded(6).withEpochs(40).withPatience(100).withBatchSize(8));

    @TempDir
    Path directory;

    @Test
    void jobGoesOnWithTheNextWorker() throws Exception {
        Path place = directory.resolve("w");
        Run.heimdall("simulate", "--workspace", place, "--sessions", 40);
        try (Workspace workspace = Workspace.open(place);
                Services services = Services.of(workspace);
                TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(place), 0)) {
            String id = jobs.submit(SETTINGS).id();

            Process asked = worker(place, "asked");
            waitForEpochs(jobs, id, 2);
            asked.destroy(); // SIGTERM
            OtherJvm.exit(asked);
            assertThat(jobs.find(id).orElseThrow().status()).as(log("asked")).isEqualTo(JobStatus.QUEUED);

            int before = jobs.curve(id).size();
            Process killed = worker(place, "killed");
            waitForEpochs(jobs, id, before + 2);
            killed.destroyForcibly().waitFor();
            assertThat(jobs.find(id).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);

            worker(place, "last");
            TrainingJob job = jobs.await(id, Duration.ofMinutes(10));
            TrainingJob whole = jobs.await(jobs.submit(SETTINGS).id(), Duration.ofMinutes(10));

            assertThat(job.status()).as(log("last")).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(job.attempts()).isEqualTo(3);
            assertThat(whole.attempts()).isEqualTo(1);
            assertThat(job.result().orElseThrow().get("weights_sha256"))
                    .isEqualTo(whole.result().orElseThrow().get("weights_sha256"));
            assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME)).hasSize(2);
        }
    }

    private Process worker(Path place, String log) throws IOException {
        return OtherJvm.startWorker(directory.resolve(log + ".txt").toFile(), place);
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".txt"));
    }

    private static void waitForEpochs(TrainingJobs jobs, String id, int epochs) throws InterruptedException {
        while (jobs.curve(id).size() < epochs) {
            assertThat(jobs.find(id).orElseThrow().status().ended())
                    .as("before epoch " + epochs)
                    .isFalse();
            Thread.sleep(20);
        }
    }
}
