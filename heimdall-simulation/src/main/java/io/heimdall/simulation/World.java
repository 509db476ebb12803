package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A simulated world, in full: from it follow the distribution of all sessions and the best answer to each.
 *
 * <p>The power that arrives at station {@code i}, in dBm, is
 * <pre>{@code
 * R_i = P - loss(distance(source, station_i)) + X_i
 * }</pre>
 * with the power {@code P} of {@link Transmitters}, loss and shadowing {@code X} of {@link Propagation}, and the source
 * uniform in latitude and longitude over {@code box}. {@link Recorders} says who records it, in noise. A transmitter that
 * nobody records is no session and is drawn anew, place and all.
 *
 * @param stations at least one; their order is that of {@code websdr_1, websdr_2, ...} and of all arrays of levels
 * @param box where transmitters stand
 * @param propagation from transmitter to antenna
 * @param transmitters what is known of them
 * @param recorders how stations record
 */
public record World(
        List<WorldStation> stations,
        GeoBox box,
        Propagation propagation,
        Transmitters transmitters,
        Recorders recorders) {

    private static final int LEAST_DISTANCE_M = 10;

    /** Checks that there are stations. */
    public World {
        stations = List.copyOf(stations);
        if (stations.isEmpty()) {
            throw new IllegalArgumentException("a world without stations");
        }
        if (stations.stream().map(s -> s.station().name()).distinct().count() != stations.size()) {
            throw new IllegalArgumentException("two stations of a world have one name");
        }
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(propagation, "propagation");
        Objects.requireNonNull(transmitters, "transmitters");
        Objects.requireNonNull(recorders, "recorders");
        requireApart(stations);
    }

    /**
     * Returns the world called {@code rss}: Heimdall's first seven stations on 145 MHz, n = 3, shadowing 6 dB correlated
     * over 20 km, transmitters of 1 W +- 6 dB in a box of 166 km x 140 km, 4000 samples at 12.5 kHz.
     *
     * <p>The loss at one kilometre is that of free space at 145 MHz.
     */
    public static World rss() {
        List<WorldStation> stations = List.of(
                station("Aquila di Giaveno", 45.02, 7.29, 2, 5),
                station("Montanaro", 45.234, 7.857, -1.5, 6),
                station("Torino", 45.044, 7.672, 0.5, 9),
                station("Coazze", 45.03, 7.27, 3, 5),
                station("Passo del Giovi", 44.561, 8.956, -3, 6),
                station("Genova", 44.395, 8.956, 1, 9),
                station("Milano Baggio", 45.478, 9.123, -0.5, 9));
        // 10 km around the stations; in numbers, so that the box is the same to the last bit on any machine.
        GeoBox box = new GeoBox(44.305, 7.1431, 45.568, 9.2499);
        return new World(
                stations,
                box,
                new Propagation(3, 75.7, 6, 20_000),
                new Transmitters(30, 6, 100, 1),
                new Recorders(12_500, 4000, -15, 0, 0.05, 0.005, 0.5));
    }

    /**
     * Returns a world by its name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static World named(String name) {
        if (!name.equals("rss")) {
            throw new IllegalArgumentException("world '" + name + "' is not one of [rss]");
        }
        return rss();
    }

    /** Returns this world with another standard deviation of the shadowing, dB. */
    public World withShadowingDb(double shadowingDb) {
        return new World(
                stations,
                box,
                new Propagation(
                        propagation.exponent(), propagation.referenceLossDb(), shadowingDb, propagation.correlationM()),
                transmitters,
                recorders);
    }

    /** Returns this world with transmitters that are heard so many times each. */
    public World withSessionsPerSource(int sessions) {
        return withTransmitters(new Transmitters(
                transmitters.powerDbm(), transmitters.powerSpreadDb(), transmitters.carrierSpreadHz(), sessions));
    }

    /** Returns this world with other transmitters. */
    public World withTransmitters(Transmitters other) {
        return new World(stations, box, propagation, other, recorders);
    }

    /** Returns this world with other recorders. */
    public World withRecorders(Recorders other) {
        return new World(stations, box, propagation, transmitters, other);
    }

    /**
     * Returns this world as it looks to some of its stations alone: of the others nothing is known, not even that they heard
     * nothing.
     *
     * @throws IllegalArgumentException if none of this world's stations is among the names
     */
    public World withStations(Collection<String> names) {
        List<WorldStation> some = stations.stream()
                .filter(s -> names.contains(s.station().name()))
                .toList();
        return new World(some, box, propagation, transmitters, recorders);
    }

    /** Returns the stations' names, in order. */
    public List<String> stationNames() {
        return stations.stream().map(s -> s.station().name()).toList();
    }

    /** Returns the covariance in dB^2 of the stations' shadowing. */
    public double[][] shadowingCovariance() {
        double[][] covariance = new double[stations.size()][stations.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = propagation.covariance(position(i).distanceMetres(position(j)));
            }
        }
        return covariance;
    }

    /** Returns where a station stands. */
    GeoPoint position(int station) {
        return stations.get(station).station().position();
    }

    /** Two stations at one place would have one shadowing, and no density. */
    private static void requireApart(List<WorldStation> stations) {
        for (int i = 0; i < stations.size(); i++) {
            Station here = stations.get(i).station();
            for (int j = 0; j < i; j++) {
                Station there = stations.get(j).station();
                if (here.position().distanceMetres(there.position()) < LEAST_DISTANCE_M) {
                    throw new IllegalArgumentException("stations '" + there.name() + "' and '" + here.name()
                            + "' are less than " + LEAST_DISTANCE_M + " m apart");
                }
            }
        }
    }

    /** Returns the parts of another world that are not as here, with their values there and here. */
    String difference(World other) {
        Map<String, Object> here = parts();
        return other.parts().entrySet().stream()
                .filter(part -> !part.getValue().equals(here.get(part.getKey())))
                .map(part -> part.getKey() + " " + part.getValue() + ", asked for is " + here.get(part.getKey()))
                .collect(Collectors.joining("; "));
    }

    private Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("stations", stations);
        parts.put("box", box);
        parts.put("propagation", propagation);
        parts.put("transmitters", transmitters);
        parts.put("recorders", recorders);
        return parts;
    }

    private static WorldStation station(
            String name, double latitude, double longitude, double gainDb, double noiseFigureDb) {
        return new WorldStation(new Station(name, new GeoPoint(latitude, longitude)), gainDb, noiseFigureDb);
    }
}
