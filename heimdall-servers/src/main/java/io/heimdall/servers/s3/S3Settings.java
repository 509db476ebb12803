package io.heimdall.servers.s3;

import io.heimdall.files.SettingException;
import io.heimdall.files.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The address and the keys of the object store.
 *
 * @param endpoint {@code http://host:port} or {@code https://host}, without path, user and password
 * @param accessKey of the object store
 * @param secretKey never shown
 * @param region where the server insists on one
 * @param createBuckets whether a bucket that is missing is created by the first write to it
 * @param timeout the longest silence of the server during one call, 1 s or more
 * @param connections requests at the same time, 1..256; more wait
 */
public record S3Settings(
        URI endpoint,
        String accessKey,
        String secretKey,
        Optional<String> region,
        boolean createBuckets,
        Duration timeout,
        int connections) {

    /** The variable that names the object store; without it there is none. */
    public static final String ENDPOINT = "HEIMDALL_S3_ENDPOINT";

    /** The variable of MLflow's own client that names the store of its artifacts. */
    public static final String ARTIFACTS_ENDPOINT = "MLFLOW_S3_ENDPOINT_URL";

    /** The variable that names the store of features, where it is another than Heimdall's. */
    public static final String FEATURES_ENDPOINT = "HEIMDALL_FEATURES_ENDPOINT";

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

    /** Checks everything that can be checked without the server. */
    public S3Settings {
        Objects.requireNonNull(region, "region");
        if (endpoint.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the object store's address holds a user or password; give them by themselves, so that no log shows them");
        }
        boolean plain = endpoint.getHost() != null
                && (endpoint.getRawPath() == null || endpoint.getRawPath().matches("/?"))
                && endpoint.getRawQuery() == null;
        if (!plain || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException("the object store's address '" + endpoint
                    + "' is not of the form http://host:port or https://host");
        }
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new SettingException(
                    "the object store " + endpoint + " needs an access key and a secret key; set " + ACCESS_KEY
                            + " and " + SECRET_KEY,
                    ACCESS_KEY,
                    SECRET_KEY);
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("timeout " + timeout + " of the object store is less than 1 s");
        }
        if (connections < 1 || connections > 256) {
            throw new IllegalArgumentException("connections " + connections + " of the object store is not in 1..256");
        }
    }

    /**
     * Returns settings with a timeout of half a minute, 8 connections, and buckets created where they are missing.
     *
     * @param endpoint {@code http://host:port} or {@code https://host}
     * @param accessKey of the object store
     * @param secretKey never shown
     * @return the settings
     * @throws IllegalArgumentException if something is missing; the message holds no secret
     */
    public static S3Settings of(String endpoint, String accessKey, String secretKey) {
        URI address;
        try {
            address = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the object store's address is not of the form http://host:port or https://host");
        }
        return new S3Settings(address, accessKey, secretKey, Optional.empty(), true, Duration.ofSeconds(30), 8);
    }

    /**
     * Reads {@code HEIMDALL_S3_ENDPOINT}, and what other programs read too: {@code AWS_ACCESS_KEY_ID},
     * {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_REGION}.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return nothing where there is no address
     * @throws IllegalArgumentException if something is missing or cannot be used; the message holds no secret
     */
    public static Optional<S3Settings> parse(Map<String, String> environment) {
        return parse(environment, ENDPOINT);
    }

    /**
     * Reads where MLflow's artifacts are, of a server that does not take them itself: {@code MLFLOW_S3_ENDPOINT_URL}, or in its
     * absence {@code HEIMDALL_S3_ENDPOINT}, and otherwise as {@link #parse(Map)}.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return nothing where there is no address
     * @throws IllegalArgumentException if something is missing or cannot be used; the message holds no secret
     */
    public static Optional<S3Settings> parseForArtifacts(Map<String, String> environment) {
        return parse(environment, ARTIFACTS_ENDPOINT).or(() -> parse(environment));
    }

    /**
     * Reads where a shared store of features is: {@code HEIMDALL_FEATURES_ENDPOINT}, or in its absence {@code HEIMDALL_S3_ENDPOINT},
     * and otherwise as {@link #parse(Map)}.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return nothing where there is no address
     * @throws IllegalArgumentException if something is missing or cannot be used; the message holds no secret
     */
    public static Optional<S3Settings> parseForFeatures(Map<String, String> environment) {
        return parse(environment, FEATURES_ENDPOINT).or(() -> parse(environment));
    }

    private static Optional<S3Settings> parse(Map<String, String> environment, String variable) {
        String endpoint = environment.getOrDefault(variable, "").strip();
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        S3Settings settings = SettingException.about(
                () -> of(
                        endpoint,
                        environment.getOrDefault(ACCESS_KEY, "").strip(),
                        environment.getOrDefault(SECRET_KEY, "").strip()),
                variable);
        Optional<String> region = Variables.value(environment, "AWS_REGION");
        return Optional.of(new S3Settings(
                settings.endpoint,
                settings.accessKey,
                settings.secretKey,
                region,
                settings.createBuckets,
                settings.timeout,
                settings.connections));
    }

    /** Returns these settings with another longest silence of the server. */
    public S3Settings withTimeout(Duration silence) {
        return new S3Settings(endpoint, accessKey, secretKey, region, createBuckets, silence, connections);
    }

    /** Returns these settings with another number of requests at the same time. */
    public S3Settings withConnections(int most) {
        return new S3Settings(endpoint, accessKey, secretKey, region, createBuckets, timeout, most);
    }

    /** Returns these settings with or without leave to create buckets. */
    public S3Settings withCreateBuckets(boolean allowed) {
        return new S3Settings(endpoint, accessKey, secretKey, region, allowed, timeout, connections);
    }

    /** Returns everything but the keys. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region.orElse("any") + ", createBuckets="
                + createBuckets + ", timeout=" + timeout + ", connections=" + connections + "]";
    }
}
