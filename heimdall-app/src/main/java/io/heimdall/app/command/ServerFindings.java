package io.heimdall.app.command;

import io.heimdall.app.configuration.Configuration;
import io.heimdall.dataset.DatasetException;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.SettingException;
import io.heimdall.files.UserCache;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.mlflow.MlflowSettings;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the servers that are set answer and let us in: each asked for real, once, and not waited for long. */
final class ServerFindings {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String HOW = "See docs/CONFIGURATION.md; dev/services.sh starts servers for a trial.";

    private final Configuration configuration;
    private final Map<String, String> variables;
    private final List<Finding> findings = new ArrayList<>();

    private ServerFindings(Configuration configuration) {
        this.configuration = configuration;
        this.variables = configuration.variables();
    }

    /** Asks every server that is set, and looks for variables that are misspelt. */
    static List<Finding> all(Configuration configuration) throws IOException {
        ServerFindings looking = new ServerFindings(configuration);
        looking.look("Database", () -> PostgresSettings.parse(looking.variables), ServerFindings::database);
        looking.look("Objects", () -> S3Settings.parse(looking.variables), ServerFindings::objects);
        looking.look("MLflow", () -> MlflowSettings.parse(looking.variables), ServerFindings::mlflow);
        if (looking.findings.isEmpty()) {
            looking.findings.add(Finding.ok("Servers", "none is set: all data is in the workspace"));
        }
        configuration
                .unknownVariables()
                .forEach((name, meant) -> looking.findings.add(
                        Finding.note("Variable", name + " is not known", "Did you mean " + meant + "?")));
        return looking.findings;
    }

    /** Reads settings; refuses those that make no sense. */
    private interface Parsed<S> {
        Optional<S> get();
    }

    /** Asks a server; returns what to say of one that answered. */
    private interface Question<S> {
        String ask(S settings) throws IOException;
    }

    private <S> void look(String what, Parsed<S> parsed, Question<S> question) {
        try {
            Optional<S> settings = parsed.get();
            if (settings.isPresent()) {
                findings.add(Finding.ok(what, question.ask(settings.get())));
            }
        } catch (SettingException e) {
            findings.add(Finding.broken(what, configuration.explained(e.getMessage(), e.settings()), HOW));
        } catch (IllegalArgumentException | DatasetException | TrackingException | IOException e) {
            findings.add(Finding.broken(what, e.getMessage(), HOW));
        }
    }

    private static String database(PostgresSettings settings) {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings.withTimeout(PATIENCE))) {
            return settings.url() + ", " + catalog.stations().size() + " stations";
        }
    }

    private static String objects(S3Settings settings) throws IOException {
        try (MinioObjectStore store = MinioObjectStore.open(settings.withTimeout(PATIENCE), cache(), 0)) {
            boolean some = store.exists(new ObjectKey(ObjectKey.MODELS, "localization-v1.onnx"));
            return settings.endpoint() + (some ? ", with models" : ", no model yet");
        }
    }

    private static String mlflow(MlflowSettings settings) {
        MlflowSettings hasty = new MlflowSettings(settings.address(), settings.authorization(), PATIENCE, 1);
        int versions = MlflowTracker.of(hasty, cache(), Optional.empty())
                .versions(TrainingSettings.MODEL_NAME)
                .size();
        return settings.address() + ", " + versions + " versions of " + TrainingSettings.MODEL_NAME;
    }

    /** Of its own, since a store keeps its cache within the limit that it is given; nothing is fetched here. */
    private static Path cache() {
        return UserCache.directory().toAbsolutePath().resolve("doctor");
    }
}
