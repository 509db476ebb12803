package io.heimdall.app.service;

import io.heimdall.app.jobs.JobStore;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;

/** A service on a free port, with a workspace of its own. */
record RunningService(Workspace workspace, Services services, TrainingJobs jobs, HeimdallService http)
        implements AutoCloseable {
    static final int SESSIONS = 40;

    /** A training of some seconds. */
    static final String SMALL = "{\"network\": \"small\", \"epochs\": 2, \"batch_size\": 8, \"seed\": 3}";

    static RunningService start(Path directory, int trainings, ServiceOptions options) throws IOException {
        Workspace workspace = Workspace.openOrCreate(directory);
        if (trainings > 0) {
            new Simulation(World.rss(), 1).writeTo(workspace, SESSIONS, 2, done -> {});
        }
        Services services = Services.of(workspace);
        TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(directory), trainings);
        return new RunningService(workspace, services, jobs, HeimdallService.start(services, jobs, options));
    }

    Client client() throws IOException, InterruptedException {
        return new Client(http.port());
    }

    @Override
    public void close() {
        http.close();
        jobs.close();
        services.close();
        workspace.close();
    }
}
