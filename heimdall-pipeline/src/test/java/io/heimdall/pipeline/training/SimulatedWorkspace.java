package io.heimdall.pipeline.training;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;

/** A workspace with a few simulated sessions, and settings that train on them in seconds. */
public final class SimulatedWorkspace {
    private SimulatedWorkspace() {}

    /** Makes the workspace. */
    public static Workspace create(Path directory, int sessions) throws IOException {
        Workspace workspace = Workspace.create(directory);
        new Simulation(World.rss(), 1).writeTo(workspace, sessions, 2, done -> {});
        return workspace;
    }

    /** Returns settings of the small network. */
    public static TrainingSettings settings(int epochs) {
        return TrainingSettings.seeded(1)
                .withPlan(TrainingPlan.seeded(1).withEpochs(epochs).withBatchSize(8))
                .withNetwork("small");
    }
}
