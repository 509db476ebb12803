package io.heimdall.app.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.WorkspacePush;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.servers.Servers;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.servers.testing.PostgresServer;
import io.heimdall.servers.testing.S3Server;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training on a real PostgreSQL and a real S3 server: nothing of it need be in the workspace before. */
@Tag("slow")
class ServersTrainingTest {
    private static final int SESSIONS = 40;
    private static final TrainingSettings SETTINGS = TrainingSettings.seeded(1)
            .withPlan(TrainingPlan.seeded(1).withEpochs(2).withBatchSize(8))
            .withNetwork("small");

    @TempDir
    Path folder;

    @Test
    void whatIsOnServersIsTrainedOnAndItsResultIsWrittenDownThere() throws Exception {
        Map<String, String> environment = environment();
        try (Workspace simulated = Workspace.create(folder.resolve("simulated"));
                Servers servers =
                        Servers.open(environment, folder.resolve("pushed")).orElseThrow()) {
            new Simulation(World.rss(), 1).writeTo(simulated, SESSIONS, 2, done -> {});
            new WorkspacePush(simulated, servers.catalog(), servers.objects(), 2).run(soFar -> {});
        }
        try (Workspace workspace = Workspace.create(folder.resolve("trained"));
                Services services = Adapters.open(workspace, environment)) {
            assertThat(services.world()).as("servers hold real sessions").isEmpty();
            TrainingOutcome outcome = new TrainingPipeline(services, PipelineListener.NONE).train(SETTINGS);

            assertThat(workspace.catalog().allSessions()).isEmpty();
            List<ModelResult> written = services.models().orElseThrow().models(outcome.modelName());
            assertThat(written).hasSize(1);
            assertWritten(written.get(0), outcome);
            assertThat(services.objects().fetch(written.get(0).model())).hasSameBinaryContentAs(outcome.onnx());
            assertThat(services.tracker().run(outcome.runId())).isPresent();
            assertThat(outcome.summary())
                    .containsEntry("run_id", outcome.runId())
                    .containsEntry("model_version", 1)
                    .containsEntry("onnx", outcome.onnx().toString())
                    .containsEntry("report", outcome.report().orElseThrow().toString())
                    .containsEntry("epochs", 2)
                    .containsEntry("end", "completed")
                    .containsEntry("weights_sha256", outcome.result().weights().sha256());
        }
    }

    @Test
    void featuresOfAStoreOnAServerTrainTheSameModel() throws Exception {
        S3Settings server = S3Server.shared().settings();
        Map<String, String> shared = Map.of(
                "HEIMDALL_FEATURES_STORE", "s3://features/training-" + UUID.randomUUID(),
                "HEIMDALL_FEATURES_ENDPOINT", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", server.accessKey(),
                "AWS_SECRET_ACCESS_KEY", server.secretKey());
        Set<String> weights = new HashSet<>();
        Set<Long> counts = new HashSet<>();
        try (Workspace workspace = Workspace.create(folder.resolve("local"))) {
            new Simulation(World.rss(), 1).writeTo(workspace, SESSIONS, 2, done -> {});
            for (Map<String, String> environment : List.of(Map.<String, String>of(), shared, shared)) {
                try (Services services = Adapters.open(workspace, environment)) {
                    TrainingOutcome outcome = new TrainingPipeline(services, PipelineListener.NONE).train(SETTINGS);
                    weights.add(outcome.result().weights().sha256());
                    counts.add(services.sessions().features().count());
                }
            }
        }
        assertThat(weights).hasSize(1);
        assertThat(counts).hasSize(1).allMatch(count -> count > SESSIONS);
    }

    private static void assertWritten(ModelResult written, TrainingOutcome outcome) {
        Evaluation evaluation = outcome.evaluation().orElseThrow();
        EpochMetrics best = outcome.result().history().get(outcome.result().bestEpoch() - 1);
        assertThat(written.mlflowRunId()).isEqualTo(outcome.runId());
        assertThat(written.type()).isEqualTo("small");
        assertThat(written.epoch()).isEqualTo(best.epoch());
        assertThat(written.loss()).isEqualTo(best.validationNll().orElseThrow());
        assertThat(written.accuracyMetres())
                .hasValue(evaluation.metrics().error().p50());
        assertThat(written.sigmaMetres()).hasValue(evaluation.metrics().sharpness());
        assertThat(written.hyperparameters()).containsEntry("epochs", "2");
        assertThat(written.metrics())
                .containsEntry("version", 1.0)
                .containsEntry("error_p90_m", evaluation.metrics().error().p90())
                .containsEntry("coverage_68", evaluation.metrics().coverage().p68())
                .containsEntry("sigma_scale", evaluation.sigmaScale());
    }

    private static Map<String, String> environment() throws Exception {
        PostgresSettings database = PostgresServer.shared().newCatalog();
        S3Settings store = S3Server.shared().settings();
        return Map.of(
                "HEIMDALL_DATABASE_URL", database.url(),
                "HEIMDALL_DATABASE_USER", database.user(),
                "HEIMDALL_DATABASE_PASSWORD", database.password(),
                "HEIMDALL_S3_ENDPOINT", store.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", store.accessKey(),
                "AWS_SECRET_ACCESS_KEY", store.secretKey());
    }
}
