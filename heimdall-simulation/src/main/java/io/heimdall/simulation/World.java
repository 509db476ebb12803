package io.heimdall.simulation;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The definition of a simulated world. The distribution of all sessions and the best answer to each follow from it.
 *
 * <p>The power that arrives at station {@code i}, in dBm, is
 * <pre>{@code
 * R_i = P - loss(distance(source, station_i)) + X_i
 * }</pre>
 * with the power {@code P} of {@link Transmitters}, loss and shadowing {@code X} of {@link Propagation}, and the source
 * uniform in latitude and longitude over {@code box}. {@link Recorders} says who records it, in noise. A transmitter that
 * nobody records is no session and is drawn anew, place and all. {@link Conditions} add to it shadowing {@code F(source,
 * station_i)} that belongs to the place, another propagation in each of several bands, stations that move, and stations that are
 * not always in service.
 *
 * @param stations at least one; their order is that of {@code websdr_1, websdr_2, ...} and of all arrays of levels
 * @param box where transmitters stand
 * @param propagation from transmitter to antenna
 * @param transmitters what is known of them
 * @param recorders how stations record
 * @param conditions what makes it more than one law for all sessions
 */
public record World(
        List<WorldStation> stations,
        GeoBox box,
        Propagation propagation,
        Transmitters transmitters,
        Recorders recorders,
        Conditions conditions) {

    private static final int LEAST_DISTANCE_M = 10;

    /** Makes a world of plain conditions. */
    public World(
            List<WorldStation> stations,
            GeoBox box,
            Propagation propagation,
            Transmitters transmitters,
            Recorders recorders) {
        this(stations, box, propagation, transmitters, recorders, Conditions.PLAIN);
    }

    /** Checks that there are stations. */
    @JsonCreator
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
        Objects.requireNonNull(conditions, "conditions");
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
     * Returns the world called {@code tdoa}: the levels of {@link #rss}, and clocks of 100 ns.
     *
     * <p>Transmitters send {@link Modulation#WIDEBAND} over 80 kHz, and stations record a quarter of a second at 100 kHz: enough that
     * the signals' own errors of the delays are below those of the clocks in most pairs, in 200 kB a recording. Stations hear what they
     * hear in {@code rss}: the threshold is the same power. The oscillators are as good as the clocks, and signals travel along the
     * ground of the WGS-84 ellipsoid at the speed of light.
     */
    public static World tdoa() {
        return rss().withRecorders(
                        new Recorders(100_000, 25_000, -15, -10 * Math.log10(100_000 / 12_500.0), 0.05, 100e-9, 0.001))
                .withClocks(new Clocks(100e-9, 0, 5e-3, 0, 1, List.of()));
    }

    /**
     * Returns the world called {@code tdoa-mixed}: as {@link #tdoa}, but in each session a clock is of 5 ms with a probability of a quarter
     * and says so, and wrong by a second with a probability of a tenth and says nothing. Torino hears each signal twice.
     */
    public static World tdoaMixed() {
        return tdoa().withClocks(new Clocks(100e-9, 0.25, 5e-3, 0.1, 1, List.of("Torino")));
    }

    /** Returns this world with other clocks. */
    public World withClocks(Clocks clocks) {
        return withConditions(conditions.withClocks(clocks));
    }

    /**
     * Returns this world with a part of its shadowing tied to the place, as a field over 15 km: 5 dB of it, and 3.3 dB that are each
     * transmitter's own, 6 dB together.
     *
     * @param seed of the field
     */
    public World withField(long seed) {
        return withConditions(conditions.withField(new ShadowingField(5, 15_000, seed)))
                .withShadowingDb(3.3);
    }

    /** Returns this world with three bands: 145 MHz as it is, 433 MHz with an exponent of 3.3 and 868 MHz with one of 3.6. */
    public World withThreeBands() {
        List<RadioBand> bands = List.of(
                new RadioBand(144_000_000, propagation),
                new RadioBand(432_000_000, band(3.3, 85.2)),
                new RadioBand(867_000_000, band(3.6, 91.2)));
        return withConditions(conditions.withBands(bands));
    }

    /** The loss at one kilometre is that of free space. */
    private Propagation band(double exponent, double referenceLossDb) {
        return new Propagation(exponent, referenceLossDb, propagation.shadowingDb(), propagation.correlationM());
    }

    /**
     * Returns this world with more receivers, {@code Car 1, Car 2, ...}, that are elsewhere in each session.
     *
     * @param count of them, 1..16
     */
    public World withCars(int count) {
        Range.check("number of moving receivers", count, 1, 16);
        List<WorldStation> more = new ArrayList<>(stations);
        List<String> moving = new ArrayList<>(conditions.moving());
        for (int i = 1; i <= count; i++) {
            // Its home tells nothing, but two stations of a world never stand at one place.
            GeoPoint home = box.at(0.5, i / (count + 1.0));
            more.add(new WorldStation(new Station("Car " + i, home), 0, 9));
            moving.add("Car " + i);
        }
        return new World(more, box, propagation, transmitters, recorders, conditions.withMoving(moving));
    }

    /**
     * Returns this world with stations that come and go: each is in service in seven of ten periods of 12 hours.
     *
     * @param seed of when
     */
    public World withComingAndGoing(long seed) {
        return withConditions(conditions.withService(new Service(0.7, 12, seed)));
    }

    /**
     * Returns a world by its name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static World named(String name) {
        return switch (name) {
            case "rss" -> rss();
            case "tdoa" -> tdoa();
            case "tdoa-mixed" -> tdoaMixed();
            default -> throw new IllegalArgumentException("world '" + name + "' is not one of [rss, tdoa, tdoa-mixed]");
        };
    }

    /** Returns this world with another standard deviation of the shadowing, dB, in all its bands. */
    public World withShadowingDb(double shadowingDb) {
        List<RadioBand> bands = conditions.bands().stream()
                .map(band ->
                        new RadioBand(band.firstChannelHz(), band.propagation().withShadowingDb(shadowingDb)))
                .toList();
        return new World(
                stations,
                box,
                propagation.withShadowingDb(shadowingDb),
                transmitters,
                recorders,
                conditions.withBands(bands));
    }

    /** Returns this world with other conditions. */
    public World withConditions(Conditions other) {
        return new World(stations, box, propagation, transmitters, recorders, other);
    }

    /** Returns this world with transmitters that are heard so many times each. */
    public World withSessionsPerSource(int sessions) {
        return withTransmitters(new Transmitters(
                transmitters.powerDbm(), transmitters.powerSpreadDb(), transmitters.carrierSpreadHz(), sessions));
    }

    /** Returns this world with other transmitters. */
    public World withTransmitters(Transmitters other) {
        return new World(stations, box, propagation, other, recorders, conditions);
    }

    /** Returns this world with other recorders. */
    public World withRecorders(Recorders other) {
        return new World(stations, box, propagation, transmitters, other, conditions);
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
        return new World(some, box, propagation, transmitters, recorders, conditions);
    }

    /** Returns the stations' names, in order. */
    public List<String> stationNames() {
        return stations.stream().map(s -> s.station().name()).toList();
    }

    /** Returns the covariance in dB^2 of the stations' shadowing, without what belongs to the place. */
    public double[][] shadowingCovariance() {
        double[][] covariance = new double[stations.size()][stations.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = propagation.covariance(position(i).distanceMetres(position(j)));
            }
        }
        return covariance;
    }

    /** Returns how waves of a frequency spread. */
    Propagation propagation(long frequencyHz) {
        return conditions.bands().stream()
                .filter(band -> band.holds(frequencyHz))
                .findFirst()
                .map(RadioBand::propagation)
                .orElse(propagation);
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
        parts.put("conditions", conditions);
        return parts;
    }

    private static WorldStation station(
            String name, double latitude, double longitude, double gainDb, double noiseFigureDb) {
        return new WorldStation(new Station(name, new GeoPoint(latitude, longitude)), gainDb, noiseFigureDb);
    }
}
