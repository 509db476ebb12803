package io.heimdall.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, run. */
class EmbeddingExampleTest {
    @TempDir
    Path directory;

    @Test
    void trainsAndLocates() throws IOException {
        List<Estimate> estimates = example(directory.resolve("workspace"));

        assertThat(estimates)
                .hasSize(3)
                .allSatisfy(e -> assertThat(e.sigmaNorthM()).isPositive());
    }

    private static List<Estimate> example(Path directory) throws IOException {
        // README: begin
        try (Workspace workspace = Workspace.openOrCreate(directory)) {
            new Simulation(World.rss(), 1).writeTo(workspace, 60, 2, done -> {});
            Services services = Services.of(workspace);

            TrainingSettings settings = TrainingSettings.seeded(1)
                    .withNetwork("small")
                    .withPlan(TrainingPlan.seeded(1).withEpochs(2));
            TrainingOutcome outcome = new TrainingPipeline(services, PipelineListener.NONE).train(settings);

            List<Session> sessions = workspace.catalog().allSessions().limit(3).toList();
            try (SessionLocalizer model =
                    SessionLocalizer.open(outcome.onnx(), services.objects(), FeatureCache.none())) {
                return model.locate(sessions, done -> {});
            }
        }
        // README: end
    }

    @Test
    void theReadmeShowsThisVeryCode() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        String source = Files.readString(root.resolve("heimdall-pipeline/src/test/java")
                .resolve(EmbeddingExampleTest.class.getName().replace('.', '/') + ".java"));
        String example = source.substring(
                        source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                        source.indexOf("        // README: end\n"))
                .indent(-8)
                .stripTrailing();

        assertThat(Files.readString(root.resolve("README.md"))).contains("```java\n" + example + "\n```");
    }
}
