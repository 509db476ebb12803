package io.heimdall.app.service;

import io.heimdall.pipeline.report.MapTiles;
import io.heimdall.pipeline.training.TrainingSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The options of the service: address, token and limits.
 *
 * @param host address or name to listen on
 * @param port from 1, or 0 for any that is free
 * @param token that every request must bring, but those for the page and for {@code /health}; needed on an address that other
 *     machines reach
 * @param limits of what clients may use
 * @param defaults of trainings, for settings that a submission leaves out
 * @param shadow a second model that answers a share of the predictions unseen
 * @param monitor of the model that answers; empty if it is not watched
 * @param tiles server of the page's maps; without it a browser asks no other host
 */
public record ServiceOptions(
        String host,
        int port,
        Optional<String> token,
        ServiceLimits limits,
        TrainingSettings defaults,
        Optional<ShadowOptions> shadow,
        Optional<MonitorOptions> monitor,
        Optional<MapTiles> tiles) {
    private static final int SHORTEST_TOKEN = 16;
    private static final long SEED = 1;

    /**
     * Checks that nobody else can reach it without a token.
     *
     * @throws IllegalArgumentException saying what is missing
     */
    public ServiceOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
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
                ServiceLimits.usual(),
                TrainingSettings.seeded(SEED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns these options on another address. */
    public ServiceOptions on(String newHost, Optional<String> newToken) {
        return new ServiceOptions(newHost, port, newToken, limits, defaults, shadow, monitor, tiles);
    }

    /** Returns these options with other limits. */
    public ServiceOptions within(ServiceLimits newLimits) {
        return new ServiceOptions(host, port, token, newLimits, defaults, shadow, monitor, tiles);
    }

    /** Returns these options with another limit of connections. */
    public ServiceOptions withConnections(int most) {
        return within(new ServiceLimits(
                limits.largestBody(), limits.largestRecordings(), limits.waitingPredictions(), most, limits.idle()));
    }

    /** Returns these options with other defaults of trainings. */
    public ServiceOptions withDefaults(TrainingSettings newDefaults) {
        return new ServiceOptions(host, port, token, limits, newDefaults, shadow, monitor, tiles);
    }

    /** Returns these options with a second model. */
    public ServiceOptions withShadow(Optional<ShadowOptions> second) {
        return new ServiceOptions(host, port, token, limits, defaults, second, monitor, tiles);
    }

    /** Returns these options with a monitor of the model that answers, or without one. */
    public ServiceOptions withMonitor(Optional<MonitorOptions> newMonitor) {
        return new ServiceOptions(host, port, token, limits, defaults, shadow, newMonitor, tiles);
    }

    /** Returns these options with a tile server. */
    public ServiceOptions withTiles(Optional<MapTiles> newTiles) {
        return new ServiceOptions(host, port, token, limits, defaults, shadow, monitor, newTiles);
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
