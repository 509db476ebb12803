package io.heimdall.app.service;

import io.heimdall.pipeline.report.MapTiles;
import io.heimdall.pipeline.training.TrainingSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of the service: address, token and limits.
 *
 * @param host address or name to listen on
 * @param port from 1, or 0 for any that is free
 * @param token that every request must bring, but those for the page and for {@code /health}; needed on an address that other
 *     machines reach
 * @param largestBody bytes of a body, recordings apart
 * @param largestRecordings bytes of all recordings of a prediction together
 * @param waitingPredictions at most; further ones are sent away until later
 * @param connections at most; further ones are answered by 503
 * @param idle after which a silent connection is closed
 * @param defaults of trainings, for settings that a submission leaves out
 * @param shadow a second model that answers a share of the predictions unseen
 * @param monitor of the model that answers; empty if it is not watched
 * @param tiles server of the page's maps; without it a browser asks no other host
 */
public record ServiceOptions(
        String host,
        int port,
        Optional<String> token,
        long largestBody,
        long largestRecordings,
        int waitingPredictions,
        int connections,
        Duration idle,
        TrainingSettings defaults,
        Optional<ShadowOptions> shadow,
        Optional<MonitorOptions> monitor,
        Optional<MapTiles> tiles) {
    private static final int SHORTEST_TOKEN = 16;
    private static final long SEED = 1;
    private static final int CONNECTIONS = 4096;

    /**
     * Checks that nobody else can reach it without a token.
     *
     * @throws IllegalArgumentException saying what is missing
     */
    public ServiceOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections " + connections + " is not at least 1");
        }
        if (largestBody < 1 || largestRecordings < 1 || waitingPredictions < 1) {
            throw new IllegalArgumentException("the limits " + largestBody + ", " + largestRecordings + " bytes and "
                    + waitingPredictions + " predictions are not all at least 1");
        }
        token.filter(t -> t.length() < SHORTEST_TOKEN || !t.matches("[\\x21-\\x7e]+"))
                .ifPresent(t -> {
                    throw new IllegalArgumentException("the token has " + t.length() + " characters, expected at least "
                            + SHORTEST_TOKEN + ", printable and without spaces");
                });
        if (token.isEmpty() && !address(host).isLoopbackAddress()) {
            throw new IllegalArgumentException("listening on " + host + " lets other machines in: give a token in the"
                    + " variable HEIMDALL_TOKEN or by --token-file, or listen on 127.0.0.1");
        }
    }

    /** Returns the defaults: this machine alone, no token. */
    public static ServiceOptions local(int port) {
        return new ServiceOptions(
                "127.0.0.1",
                port,
                Optional.empty(),
                8 << 20,
                64 << 20,
                64,
                CONNECTIONS,
                Duration.ofSeconds(30),
                TrainingSettings.seeded(SEED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns these options on another address. */
    public ServiceOptions on(String newHost, Optional<String> newToken) {
        return new ServiceOptions(
                newHost,
                port,
                newToken,
                largestBody,
                largestRecordings,
                waitingPredictions,
                connections,
                idle,
                defaults,
                shadow,
                monitor,
                tiles);
    }

    /** Returns these options with other limits. */
    public ServiceOptions within(long body, long recordings, int predictions, Duration silence) {
        return new ServiceOptions(
                host,
                port,
                token,
                body,
                recordings,
                predictions,
                connections,
                silence,
                defaults,
                shadow,
                monitor,
                tiles);
    }

    /** Returns these options with other defaults of trainings. */
    public ServiceOptions withDefaults(TrainingSettings newDefaults) {
        return new ServiceOptions(
                host,
                port,
                token,
                largestBody,
                largestRecordings,
                waitingPredictions,
                connections,
                idle,
                newDefaults,
                shadow,
                monitor,
                tiles);
    }

    /** Returns these options with another limit of connections. */
    public ServiceOptions withConnections(int most) {
        return new ServiceOptions(
                host,
                port,
                token,
                largestBody,
                largestRecordings,
                waitingPredictions,
                most,
                idle,
                defaults,
                shadow,
                monitor,
                tiles);
    }

    /** Returns these options with a second model. */
    public ServiceOptions withShadow(Optional<ShadowOptions> second) {
        return new ServiceOptions(
                host,
                port,
                token,
                largestBody,
                largestRecordings,
                waitingPredictions,
                connections,
                idle,
                defaults,
                second,
                monitor,
                tiles);
    }

    /** Returns these options with a monitor of the model that answers, or without one. */
    public ServiceOptions withMonitor(Optional<MonitorOptions> newMonitor) {
        return new ServiceOptions(
                host,
                port,
                token,
                largestBody,
                largestRecordings,
                waitingPredictions,
                connections,
                idle,
                defaults,
                shadow,
                newMonitor,
                tiles);
    }

    /** Returns these options with a tile server. */
    public ServiceOptions withTiles(Optional<MapTiles> newTiles) {
        return new ServiceOptions(
                host,
                port,
                token,
                largestBody,
                largestRecordings,
                waitingPredictions,
                connections,
                idle,
                defaults,
                shadow,
                monitor,
                newTiles);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is no address of this machine", e);
        }
    }

    /** Returns the options without the token. */
    @Override
    public String toString() {
        return host + ":" + port + (token.isPresent() ? " with a token" : " without a token");
    }
}
