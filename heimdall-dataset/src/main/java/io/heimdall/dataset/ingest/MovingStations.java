package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at stations that stand elsewhere in other rows.
 *
 * <p>A receiver on a car may stand at 0, 0 in a row: it had no fix then. One that stands elsewhere in few of its many rows is
 * more likely a slip of the pen.
 */
final class MovingStations {
    /** Of fewer rows nobody can tell where a station usually is. */
    private static final int MANY = 10;

    private static final double USUAL_SHARE = 0.9;
    private static final double SAME_METRES = 1000;

    private MovingStations() {}

    /**
     * Refuses the rows in which a station had no fix: it stands at 0, 0, and elsewhere in others.
     *
     * @param known stations that may be elsewhere too
     */
    static List<RefusedRow> withoutFix(List<SessionRow> rows, Collection<Station> known) {
        Set<String> located = new HashSet<>();
        known.stream()
                .filter(station -> !Positions.isZero(station.position()))
                .forEach(station -> located.add(station.name()));
        rows.stream()
                .filter(row -> row.position().isPresent() && !isLost(row))
                .forEach(row -> located.add(row.station()));
        return rows.stream()
                .filter(row -> isLost(row) && located.contains(row.station()))
                .map(row -> row.refused("station '" + row.station()
                        + "' stands at 0, 0 here and elsewhere in other rows: its position is unknown"))
                .toList();
    }

    private static boolean isLost(SessionRow row) {
        return row.position().filter(Positions::isZero).isPresent();
    }

    /** Returns a warning for each row in which a station that hardly ever moves stands elsewhere. */
    static List<RowWarning> odd(List<SessionRow> rows) {
        Map<String, Map<GeoPoint, Integer>> counts = new HashMap<>();
        rows.forEach(row -> row.position()
                .ifPresent(position -> counts.computeIfAbsent(row.station(), none -> new HashMap<>())
                        .merge(position, 1, Integer::sum)));
        Map<String, Map.Entry<GeoPoint, Integer>> usual = new HashMap<>();
        counts.forEach((station, positions) -> {
            int all = positions.values().stream().mapToInt(count -> count).sum();
            positions.entrySet().stream()
                    .filter(entry -> all >= MANY && entry.getValue() >= USUAL_SHARE * all)
                    .forEach(entry -> usual.put(station, entry));
        });
        List<RowWarning> warnings = new ArrayList<>();
        for (SessionRow row : rows) {
            Map.Entry<GeoPoint, Integer> there = usual.get(row.station());
            row.position()
                    .filter(here -> there != null && here.distanceMetres(there.getKey()) > SAME_METRES)
                    .ifPresent(here -> warnings.add(row.warning(
                            Column.STATION_LAT,
                            Place.text(here),
                            "station '" + row.station() + "' stands at " + Place.text(here) + " here, and at "
                                    + Place.text(there.getKey()) + " in " + there.getValue() + " other rows")));
        }
        return warnings;
    }
}
