package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.Run;
import io.heimdall.app.command.OtherJvm;
import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.sweep.Trial;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import io.heimdall.tracking.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps that workers of the queue share, with real trainings. */
@ExtendWith(OtherJvm.class)
class SweepJobsTest {
    private static final String SPACE = """
            {rungs: [1], factor: 3, base: {network: small, epochs: 2, batch-size: 8}, final: {folds: 2},
             space: {learning-rate: {min: 1e-4, max: 1e-2, log: true}, augmentation: [true, false]}}""";

    @TempDir
    Path directory;

    private static SweepOrder order(int trials, int workers, boolean trainsFinal) {
        return new SweepOrder(
                "rates",
                SPACE,
                SpaceFile.parse("the space", SPACE, TrainingSettings.seeded(1)),
                trials,
                workers,
                trainsFinal);
    }

    private static SweepJob await(TrainingJobs jobs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
        while (!jobs.sweeps().find("rates").orElseThrow().status().ended()) {
            assertThat(System.nanoTime()).as("waiting for the end").isLessThan(deadline);
            Thread.sleep(100);
        }
        return jobs.sweeps().find("rates").orElseThrow();
    }

    private static long results(TrainingJobs jobs) {
        return jobs.sweeps().find("rates").orElseThrow().state().trials().stream()
                .mapToLong(trial -> trial.results().size())
                .sum();
    }

    private static void assertWhole(SweepState state, int trials) {
        assertThat(state.trials()).hasSize(trials).allSatisfy(trial -> {
            assertThat(trial.results()).isNotEmpty();
            assertThat(trial.failure()).isEmpty();
            assertThat(trial.job()).isEmpty();
        });
        assertThat(state.trials()).extracting(Trial::runId).doesNotHaveDuplicates();
        assertThat(state.trials().stream().filter(trial -> trial.results().size() == 2))
                .hasSizeGreaterThanOrEqualTo(trials / 3);
    }

    @Test
    void withoutSessionsItFailsAndSaysWhy() throws Exception {
        Path place = directory.resolve("w");
        try (Workspace workspace = Workspace.create(place);
                Services services = Services.of(workspace);
                TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(place), 1)) {
            jobs.sweeps().submit(order(3, 1, true));

            SweepJob sweep = await(jobs);

            assertThat(sweep.status()).isEqualTo(JobStatus.FAILED);
            assertThat(sweep.error()).hasValueSatisfying(why -> assertThat(why).contains("no approved session"));
        }
    }

    @Test
    void trialsOfOneWorkerEndWithABest() throws Exception {
        Path place = directory.resolve("w");
        try (Workspace workspace = Workspace.create(place);
                Services services = Services.of(workspace)) {
            new Simulation(World.rss(), 1).writeTo(workspace, 40, 2, done -> {});
            try (TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(place), 1)) {
                SweepJob submitted = jobs.sweeps().submit(order(2, 1, false));
                assertThat(submitted.status()).isIn(JobStatus.QUEUED, JobStatus.RUNNING);

                SweepJob sweep = await(jobs);

                assertThat(sweep.status()).as(sweep.error().toString()).isEqualTo(JobStatus.SUCCEEDED);
                assertThat(sweep.state().trials())
                        .allSatisfy(trial -> assertThat(trial.results()).hasSize(1));
                assertThat(sweep.state().best()).isPresent();
                assertThat(sweep.workers())
                        .singleElement()
                        .satisfies(job -> assertThat(job.runId()).isPresent());
                assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME))
                        .isEmpty();
                assertThat(jobs.sweeps().cancel("rates").orElseThrow().status())
                        .as("what has ended stays so")
                        .isEqualTo(JobStatus.SUCCEEDED);
                assertThat(jobs.sweeps().submit(order(2, 1, false)).submitted()).isEqualTo(sweep.submitted());
                assertThatThrownBy(() -> jobs.sweeps().submit(order(3, 1, false)))
                        .isInstanceOf(SubmissionRefused.class)
                        .hasMessageContaining("take another name");
            }
        }
    }

    @Tag("slow")
    @Test
    void aWorkerThatIsKilledLosesNothing() throws Exception {
        Path place = directory.resolve("w");
        Run.heimdall("simulate", "--workspace", place, "--sessions", 40);
        try (Workspace workspace = Workspace.open(place);
                Services services = Services.of(workspace);
                TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(place), 0)) {
            jobs.sweeps().submit(order(6, 2, true));
            Process killed = worker(place, "killed");
            worker(place, "other");
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
            while (results(jobs) < 2) {
                assertThat(System.nanoTime()).as(log("killed")).isLessThan(deadline);
                Thread.sleep(20);
            }
            killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            worker(place, "next");

            SweepJob sweep = await(jobs);

            assertThat(sweep.status()).as(log("other") + log("next")).isEqualTo(JobStatus.SUCCEEDED);
            assertWhole(sweep.state(), 6);
            assertThat(sweep.state().last().orElseThrow().trial())
                    .isEqualTo(sweep.state().best().orElseThrow().number());
            assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME))
                    .as("one best")
                    .hasSize(1);
            assertThat(services.tracker().runs().stream()
                            .filter(run -> run.tags().containsKey("sweep")
                                    && !run.tags().containsKey(RunInfo.PARENT)))
                    .as("one run above all")
                    .hasSize(1);
            try (Stream<Path> kept = Files.list(place.resolve("sweeps/rates/trainings"))) {
                assertThat(kept).as("checkpoints that are kept").hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private Process worker(Path place, String log) throws IOException {
        return OtherJvm.startWorker(directory.resolve(log + ".txt").toFile(), place);
    }

    private String log(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".txt"));
    }

    /** As on two machines, whose workspaces have nothing in common but the store of jobs. */
    @Tag("slow")
    @Test
    void workersWithoutASharedDirectoryShareTheTrials() throws Exception {
        JobStore store = JobStore.in(Files.createDirectories(directory.resolve("store")));
        try (Workspace here = Workspace.create(directory.resolve("here"));
                Workspace there = Workspace.create(directory.resolve("there"));
                Services one = Services.of(here);
                Services two = Services.of(there)) {
            new Simulation(World.rss(), 1).writeTo(here, 40, 2, done -> {});
            new Simulation(World.rss(), 1).writeTo(there, 40, 2, done -> {});
            try (TrainingJobs first = TrainingJobs.open(one, store, 1);
                    TrainingJobs second = TrainingJobs.open(two, store, 1)) {
                first.sweeps().submit(order(6, 2, true));

                SweepJob sweep = await(first);

                assertThat(sweep.status()).as(sweep.error().toString()).isEqualTo(JobStatus.SUCCEEDED);
                assertWhole(sweep.state(), 6);
                for (Services services : List.of(one, two)) {
                    assertThat(services.tracker().runs().stream()
                                    .filter(run -> run.tags().containsKey("sweep.trial")))
                            .as("trials of each")
                            .isNotEmpty();
                }
                assertThat(one.tracker().versions(TrainingSettings.MODEL_NAME).size()
                                + two.tracker()
                                        .versions(TrainingSettings.MODEL_NAME)
                                        .size())
                        .isEqualTo(1);
                assertThat(second.sweeps().names()).containsOnlyKeys("rates");
            }
        }
    }
}
