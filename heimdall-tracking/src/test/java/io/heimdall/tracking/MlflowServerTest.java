package io.heimdall.tracking;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on a real MLflow server; {@code dev/mlflow-check.sh} starts one and gives its address. */
@EnabledIfSystemProperty(
        named = MlflowServerTest.PROPERTY,
        matches = "http.+",
        disabledReason = "no MLflow server: dev/mlflow-check.sh starts one, or give -D" + MlflowServerTest.PROPERTY
                + "=http://127.0.0.1:PORT")
class MlflowServerTest extends TrackerContract {
    static final String PROPERTY = "heimdall.mlflow.uri";

    static MlflowSettings settings() {
        return MlflowSettings.of(URI.create(System.getProperty(PROPERTY)));
    }

    @Override
    Tracker open() {
        return MlflowTracker.of(settings(), directory.resolve("cache"), Optional.empty());
    }
}
