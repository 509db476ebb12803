package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training on one of Heimdall's training datasets, in a PostgreSQL database; the recordings stay in a workspace. */
class TrainingDatasetTest {
    @TempDir
    Path folder;

    @Test
    void theRowOfTheModelNamesTheDataset() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Workspace workspace = Workspace.create(folder.resolve("w"))) {
            new Simulation(World.rss(), 1).writeTo(workspace, 60, 2, done -> {});
            PostgresSettings database = PostgresSettings.of(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "none");
            PostgresCatalog.migrate(database);
            try (Services services = services(workspace, PostgresCatalog.open(database))) {
                services.catalog().addAll(workspace.catalog().sessions().toList());
                execute(server, """
                        INSERT INTO heimdall.training_datasets (name) VALUES ('spring'), ('autumn');
                        INSERT INTO heimdall.dataset_measurements (dataset_id, measurement_id)
                        SELECT d.id, m.id FROM heimdall.training_datasets d, heimdall.measurements m
                         WHERE d.name = 'spring' AND m.iq_data_location LIKE '%sessions/sim-1-00000%'
                            OR d.name = 'spring' AND m.iq_data_location LIKE '%sessions/sim-1-00001%'""");

                TrainingOutcome outcome = train(services, SessionFilter.all().withTrainingDataset("spring"));

                ModelResult row = services.models()
                        .orElseThrow()
                        .models(outcome.modelName())
                        .get(0);
                assertThat(row.trainingDataset()).contains("spring");
                assertThat(row.mlflowRunId()).isEqualTo(outcome.runId());
                assertThat(row.hyperparameters()).containsEntry("training_dataset", "spring");
                assertThat(ask(server, """
                        SELECT d.name FROM heimdall.models m
                          JOIN heimdall.training_datasets d ON d.id = m.training_dataset_id""")).isEqualTo("spring");
                SessionFilter learned = SessionFilter.all().withTrainingDataset("spring");
                assertThat(services.catalog().sessions(learned))
                        .extracting(Session::id)
                        .hasSize(20)
                        .contains("sim-1-000000", "sim-1-000019");
                assertThatThrownBy(() -> train(services, SessionFilter.all().withTrainingDataset("winter")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("there is no training dataset 'winter'; the catalogue has autumn, spring");
                assertThatThrownBy(() -> train(services, SessionFilter.all().withTrainingDataset("autumn")))
                        .hasMessageContaining("no session is left")
                        .hasMessageContaining("training dataset autumn");
            }
        }
    }

    private static Services services(Workspace workspace, PostgresCatalog catalog) throws Exception {
        return Services.of(workspace).withCatalog(catalog, workspace.objects(), catalog, catalog::close);
    }

    private static TrainingOutcome train(Services services, SessionFilter filter) throws Exception {
        TrainingSettings settings = TrainingSettings.seeded(1)
                .withPlan(TrainingPlan.seeded(1).withEpochs(1).withBatchSize(8))
                .withNetwork("small");
        return new TrainingPipeline(services, PipelineListener.NONE)
                .train(settings.withData(settings.data().withFilter(filter)));
    }

    private static void execute(EmbeddedPostgres server, String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres server, String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
