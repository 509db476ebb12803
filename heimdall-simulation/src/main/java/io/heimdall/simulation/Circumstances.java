package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the stations of a session are, and which of them are in service.
 *
 * @param stations of the world, in its order, each where it is
 * @param inService of each of them
 */
record Circumstances(List<Station> stations, boolean[] inService) {
    /** Moving stations keep away from the others: two at one place would have one shadowing. */
    private static final double LEAST_DISTANCE_M = 100;

    private static final Duration BETWEEN_SESSIONS = Duration.ofMinutes(10);

    /** Returns those of session {@code number} of a seed. */
    static Circumstances of(World world, long seed, long number) {
        Conditions conditions = world.conditions();
        boolean[] inService = conditions
                .service()
                .at(sinceFirst(number).toHours(), world.stations().size());
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < inService.length; i++) {
            Station home = world.stations().get(i).station();
            stations.add(
                    conditions.moving().contains(home.name())
                            ? elsewhere(home, i, world, seed, number, stations)
                            : home);
        }
        return new Circumstances(Collections.unmodifiableList(stations), inService);
    }

    /** Returns the time from the start of the first session to that of another. */
    static Duration sinceFirst(long number) {
        return BETWEEN_SESSIONS.multipliedBy(number);
    }

    private static Station elsewhere(
            Station station, int index, World world, long seed, long number, List<Station> before) {
        SplittableRandom random = Draws.MOVEMENT.of(seed, number, index);
        while (true) {
            GeoPoint place = world.box().at(random.nextDouble(), random.nextDouble());
            boolean apart = before.stream().allMatch(s -> s.position().distanceMetres(place) >= LEAST_DISTANCE_M)
                    && world.stations().stream()
                            .allMatch(s -> s.station().position().distanceMetres(place) >= LEAST_DISTANCE_M);
            if (apart) {
                return new Station(station.name(), place);
            }
        }
    }

    /** Returns where they are. */
    GeoPoint[] places() {
        return stations.stream().map(Station::position).toArray(GeoPoint[]::new);
    }
}
