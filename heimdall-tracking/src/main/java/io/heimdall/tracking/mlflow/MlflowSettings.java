package io.heimdall.tracking.mlflow;

import io.heimdall.files.SettingException;
import io.heimdall.files.Variables;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The address, login and time limits of an MLflow server.
 *
 * @param address such as {@code http://127.0.0.1:5000}, without a user or a slash at its end
 * @param authorization the header of that name; a secret, which {@link #toString} leaves out
 * @param timeLimit for one call; an artifact may take a second more for each 100 kB
 * @param attempts for one call, the first included, 1..20
 */
public record MlflowSettings(URI address, Optional<String> authorization, Duration timeLimit, int attempts) {
    private static final String ADDRESS = "MLFLOW_TRACKING_URI";
    private static final String USER = "MLFLOW_TRACKING_USERNAME";
    private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final String LIMIT = "MLFLOW_HTTP_REQUEST_TIMEOUT";
    private static final String RETRIES = "MLFLOW_HTTP_REQUEST_MAX_RETRIES";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;

    /**
     * Checks the address and the limits.
     *
     * @throws IllegalArgumentException if one cannot be used; the message has no secret in it
     */
    public MlflowSettings {
        if (address.getHost() == null
                || address.getScheme() == null
                || !address.getScheme().matches("https?")) {
            throw new SettingException(
                    "MLflow's address '" + withoutUser(address.toString())
                            + "' is not of the form http://host:port or https://host:port",
                    ADDRESS);
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new SettingException(
                    "MLflow's address '" + withoutUser(address.toString())
                            + "' has a user, a query or a fragment; only scheme, host, port and path are expected",
                    ADDRESS);
        }
        if (authorization.isPresent() && !authorization.get().matches("[ -~]+")) {
            // Whoever makes the header would print it.
            throw new SettingException(
                    "MLflow's login has a line break or another character that no header takes", USER, PASSWORD, TOKEN);
        }
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(Duration.ofHours(1)) > 0) {
            throw new SettingException("time limit " + timeLimit + " is not in 1 ms..1 h", LIMIT);
        }
        if (attempts < 1 || attempts > 20) {
            throw new SettingException("attempts " + attempts + " is not in 1..20", RETRIES);
        }
        address = URI.create(address.toString().replaceAll("/+$", ""));
    }

    /** Returns settings for a server without a login. */
    public static MlflowSettings of(URI address) {
        return new MlflowSettings(address, Optional.empty(), TIME_LIMIT, ATTEMPTS);
    }

    /**
     * Reads the variables that MLflow's own client reads: {@code MLFLOW_TRACKING_URI}, {@code MLFLOW_TRACKING_USERNAME}
     * and {@code _PASSWORD}, {@code MLFLOW_TRACKING_TOKEN}, {@code MLFLOW_HTTP_REQUEST_TIMEOUT} (seconds) and
     * {@code MLFLOW_HTTP_REQUEST_MAX_RETRIES}.
     *
     * <p>User and password may stand in the address too. As with MLflow's own client they go before the token.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return nothing where there is no address
     * @throws IllegalArgumentException if one cannot be used; the message names it and has no secret in it
     */
    public static Optional<MlflowSettings> parse(Map<String, String> environment) {
        String text = environment.getOrDefault(ADDRESS, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        URI given = uri(text);
        Optional<String> user =
                given.getUserInfo() != null && given.getUserInfo().contains(":")
                        ? Optional.of(given.getUserInfo())
                        : login(environment);
        Optional<String> token = Variables.value(environment, TOKEN);
        Duration limit = Variables.value(environment, LIMIT)
                .map(seconds -> Duration.ofSeconds(number(LIMIT, seconds, 3600)))
                .orElse(TIME_LIMIT);
        int attempts = Variables.value(environment, RETRIES)
                .map(retries -> number(RETRIES, retries, 19) + 1)
                .orElse(ATTEMPTS);
        return Optional.of(new MlflowSettings(
                URI.create(withoutUser(given.toString())),
                user.map(MlflowSettings::basic).or(() -> token.map(word -> "Bearer " + word)),
                limit,
                attempts));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Neither the cause nor its message goes on: both hold the whole address.
            throw new SettingException(
                    ADDRESS + " '" + withoutUser(text) + "' is not of the form http://host:port", ADDRESS);
        }
    }

    private static Optional<String> login(Map<String, String> environment) {
        return Variables.value(environment, USER)
                .flatMap(user -> Variables.value(environment, PASSWORD).map(password -> user + ":" + password));
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static int number(String name, String text, int largest) {
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > largest) {
            throw new SettingException(name + " '" + text + "' is not a whole number in 0.." + largest, name);
        }
        return Integer.parseInt(text);
    }

    private static String withoutUser(String address) {
        return address.replaceFirst("//[^/]*@", "//");
    }

    @Override
    public String toString() {
        return "MLflow at " + address;
    }
}
