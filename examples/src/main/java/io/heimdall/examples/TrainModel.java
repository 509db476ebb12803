package io.heimdall.examples;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.nio.file.Path;

/** Trains on a workspace, which is filled with simulated sessions. Argument: the workspace, a new or empty directory. */
public final class TrainModel {
    private TrainModel() {}

    public static void main(String[] args) throws Exception {
        // The engines of the class path, by ServiceLoader; the training takes the first that can run here.
        System.out.println("engine: " + Backends.preferred().id());
        try (Workspace workspace = Workspace.openOrCreate(Path.of(args[0]));
                Services services = Services.of(workspace)) {
            new Simulation(World.rss(), 1).writeTo(workspace, 60, 2, done -> {});
            TrainingSettings settings = TrainingSettings.seeded(1)
                    .withNetwork("small")
                    .withPlan(TrainingPlan.seeded(1).withEpochs(2));
            TrainingOutcome outcome = new TrainingPipeline(services, PipelineListener.NONE).train(settings);
            System.out.println("model: " + outcome.onnx());
        }
    }
}
