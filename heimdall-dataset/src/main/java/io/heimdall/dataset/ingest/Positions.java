package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for sources and stations that stand at 0, 0 or thousands of kilometres from all others.
 *
 * <p>Far is what is more than 2000 km and more than five times the usual distance from the middle of the others; so a network
 * that spans the earth is not warned of. Where all stations are far from all sources, no single one is to blame.
 */
final class Positions {
    private static final double FAR_METRES = 2e6;
    private static final double FAR_SPREADS = 5;
    private static final double AT_ZERO_METRES = 1e3;
    private static final GeoPoint ZERO = new GeoPoint(0, 0);

    /** Of fewer points, a wrong one would move the middle: the others' is taken. */
    private static final int MANY = 10;

    private final Set<GeoPoint> stations = new LinkedHashSet<>();
    private final Set<GeoPoint> sources = new LinkedHashSet<>();

    private Positions(List<SessionRow> rows, Collection<Station> known) {
        Set<String> names = rows.stream().map(SessionRow::station).collect(Collectors.toSet());
        rows.forEach(row -> row.position().ifPresent(stations::add));
        rows.forEach(row -> row.session().source().ifPresent(sources::add));
        known.stream()
                .filter(station -> !names.contains(station.name()))
                .forEach(station -> stations.add(station.position()));
        stations.removeIf(Positions::isZero);
        sources.removeIf(Positions::isZero);
    }

    /**
     * Returns a warning for each row and place that is odd.
     *
     * @param known stations beside those of the rows; of the same name they do not count
     */
    static List<RowWarning> odd(List<SessionRow> rows, Collection<Station> known) {
        Positions positions = new Positions(rows, known);
        Optional<String> apart = positions.apart();
        Set<GeoPoint> all = new LinkedHashSet<>(positions.stations);
        all.addAll(positions.sources);
        Map<GeoPoint, String> ofStations = faults(positions.stations, apart.isPresent() ? positions.stations : all);
        Map<GeoPoint, String> ofSources = faults(positions.sources, apart.isPresent() ? positions.sources : all);
        List<RowWarning> warnings = new ArrayList<>();
        for (SessionRow row : rows) {
            row.position().ifPresent(station -> {
                apart.ifPresent(fault -> warnings.add(row.warning(Column.STATION_LAT, Place.text(station), fault)));
                String name = "station '" + row.station() + "'";
                fault(row, Column.STATION_LAT, name, station, ofStations).ifPresent(warnings::add);
            });
            String sourceName = "source '" + row.session().sourceName() + "'";
            row.session()
                    .source()
                    .flatMap(source -> fault(row, Column.SOURCE_LAT, sourceName, source, ofSources))
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    private static Optional<RowWarning> fault(
            SessionRow row, Column column, String name, GeoPoint point, Map<GeoPoint, String> faults) {
        String fault = isZero(point) ? "in the Gulf of Guinea: its position looks unknown" : faults.get(point);
        return Optional.ofNullable(fault)
                .map(why ->
                        row.warning(column, Place.text(point), name + " stands at " + Place.text(point) + ", " + why));
    }

    static boolean isZero(GeoPoint point) {
        return point.distanceMetres(ZERO) < AT_ZERO_METRES;
    }

    /** Returns what is wrong if stations and sources are far from each other as a whole. */
    private Optional<String> apart() {
        Optional<Place> here = Place.of(stations);
        Optional<Place> there = Place.of(sources);
        if (here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        GeoPoint middle = here.get().middle();
        Place others = there.get();
        double limit = limit(Math.max(here.get().spreadMetres(), others.spreadMetres()));
        double distance = middle.distanceMetres(others.middle());
        return distance <= limit
                ? Optional.empty()
                : Optional.of("the stations stand around " + Place.about(middle) + ", the sources around "
                        + Place.about(others.middle()) + ": " + kilometres(distance) + " apart"
                        + mistake(middle, others, limit)
                                .map(mistake -> "; in one of the two, " + mistake.description())
                                .orElse(""));
    }

    /** Returns the points that are far from the others, and what is wrong with them. */
    private static Map<GeoPoint, String> faults(Set<GeoPoint> points, Set<GeoPoint> others) {
        Map<GeoPoint, String> faults = new HashMap<>();
        Optional<Place> all = Place.of(others);
        for (GeoPoint point : points) {
            Optional<Place> place = others.size() < MANY
                    ? Place.of(others.stream()
                            .filter(other -> !other.equals(point))
                            .toList())
                    : all;
            place.flatMap(usual -> fault(point, usual)).ifPresent(fault -> faults.put(point, fault));
        }
        return faults;
    }

    private static Optional<String> fault(GeoPoint point, Place usual) {
        double limit = limit(usual.spreadMetres());
        double distance = point.distanceMetres(usual.middle());
        return distance <= limit
                ? Optional.empty()
                : Optional.of(kilometres(distance) + " from the middle of all others"
                        + mistake(point, usual, limit)
                                .map(mistake -> "; " + mistake.description() + ": "
                                        + Place.text(mistake.meant()) + " would be "
                                        + kilometres(mistake.meant().distanceMetres(usual.middle())) + " from it")
                                .orElse(""));
    }

    private static double limit(double spreadMetres) {
        return Math.max(FAR_METRES, FAR_SPREADS * spreadMetres);
    }

    /** Returns the mistake that would explain why a point is far. */
    private static Optional<CoordinateMistake> mistake(GeoPoint point, Place usual, double limit) {
        double near = Math.min(limit / 2, point.distanceMetres(usual.middle()) / 4);
        return CoordinateMistake.of(point).stream()
                .filter(mistake -> mistake.meant().distanceMetres(usual.middle()) < near)
                .min(Comparator.comparingDouble(mistake -> mistake.meant().distanceMetres(usual.middle())));
    }

    private static String kilometres(double metres) {
        return Math.round(metres / 1000) + " km";
    }
}
