package io.heimdall.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlflowSettingsTest {

    private static MlflowSettings parse(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("MLFLOW_TRACKING_URI", "http://host:5000/"));
        environment.putAll(more);
        return MlflowSettings.parse(environment).orElseThrow();
    }

    @Test
    void theVariablesOfMlflowAreRead() {
        assertThat(MlflowSettings.parse(Map.of())).isEmpty();
        assertThat(MlflowSettings.parse(Map.of("MLFLOW_TRACKING_URI", " "))).isEmpty();
        assertThat(parse(Map.of()).address()).isEqualTo(URI.create("http://host:5000"));
        assertThat(parse(Map.of()).authorization()).isEmpty();
        assertThat(parse(Map.of("MLFLOW_TRACKING_TOKEN", "t")).authorization()).contains("Bearer t");
        // "user:pass" in base 64
        Map<String, String> login = Map.of(
                "MLFLOW_TRACKING_USERNAME", "user", "MLFLOW_TRACKING_PASSWORD", "pass", "MLFLOW_TRACKING_TOKEN", "t");
        assertThat(parse(login).authorization()).contains("Basic dXNlcjpwYXNz");
        MlflowSettings inAddress = parse(Map.of("MLFLOW_TRACKING_URI", "https://user:pass@host/path"));
        assertThat(inAddress.authorization()).contains("Basic dXNlcjpwYXNz");
        assertThat(inAddress.address()).isEqualTo(URI.create("https://host/path"));
        MlflowSettings patient =
                parse(Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "7", "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2"));
        assertThat(patient.timeLimit()).isEqualTo(Duration.ofSeconds(7));
        assertThat(patient.attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "MLFLOW_TRACKING_URI, sqlite:///mlflow.db, sqlite:///mlflow.db' is not of the form http://host:port",
        "MLFLOW_TRACKING_URI, /mlruns, /mlruns' is not of the form",
        "MLFLOW_TRACKING_URI, http://user:secret@ho st, http://ho st' is not of the form",
        "MLFLOW_TRACKING_URI, http://host?a=b, has a user",
        "MLFLOW_HTTP_REQUEST_TIMEOUT, soon, MLFLOW_HTTP_REQUEST_TIMEOUT 'soon' is not a whole number in 0..3600",
        "MLFLOW_HTTP_REQUEST_TIMEOUT, 0, time limit PT0S is not in",
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES, 20, MLFLOW_HTTP_REQUEST_MAX_RETRIES '20' is not a whole number in 0..19",
    })
    void whatCannotBeUsedIsNamedWithoutSecrets(String name, String value, String message) {
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void noSecretIsPrinted() {
        MlflowSettings settings =
                new MlflowSettings(URI.create("http://host"), Optional.of("Bearer secret"), Duration.ofSeconds(1), 1);
        assertThat(settings).hasToString("MLflow at http://host");
        assertThatThrownBy(() -> new MlflowSettings(
                        URI.create("http://user:secret@host"), Optional.empty(), Duration.ofSeconds(1), 1))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> parse(Map.of("MLFLOW_TRACKING_TOKEN", "secret\nword")))
                .hasMessageContaining("line break")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new MlflowSettings(URI.create("http://host"), Optional.empty(), Duration.ofDays(1), 1))
                .hasMessageContaining("PT24H is not in");
        assertThatThrownBy(
                        () -> new MlflowSettings(URI.create("http://host"), Optional.empty(), Duration.ofSeconds(1), 0))
                .hasMessageContaining("attempts 0 is not in 1..20");
    }
}
