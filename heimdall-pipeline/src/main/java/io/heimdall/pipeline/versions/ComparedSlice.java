package io.heimdall.pipeline.versions;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.model.metrics.Quantiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Two models on a part of the sessions.
 *
 * @param name of the part: {@code 3}, {@code 10-25 km}, {@code north-west}
 * @param sessions that it has
 * @param secondNearer in how many of them the second model is nearer to the truth
 * @param median distance from the truth, and the difference's interval
 */
public record ComparedSlice(String name, int sessions, int secondNearer, ComparedNumber median) {
    private static final int PARTS = 3;
    private static final double SHORT_M = 10_000;
    private static final List<String> ROWS = List.of("south", "", "north");
    private static final List<String> COLUMNS = List.of("west", "", "east");

    /** Returns the parts by number of stations that heard. */
    static List<ComparedSlice> byStations(List<ComparedSession> sessions) {
        return by(sessions, ComparedSession::stations, number -> Integer.toString(number));
    }

    /** Returns a third of the sessions each, by distance of the transmitter from the nearest station that heard it. */
    static List<ComparedSlice> byDistance(List<ComparedSession> sessions) {
        double[] distances =
                sessions.stream().mapToDouble(ComparedSession::nearestStationM).toArray();
        double[] edges = new double[PARTS + 1];
        for (int i = 0; i <= PARTS; i++) {
            edges[i] = Quantiles.of(distances, (double) i / PARTS);
        }
        return by(
                sessions,
                session -> {
                    int part = 0;
                    while (part < PARTS - 1 && session.nearestStationM() > edges[part + 1]) {
                        part++;
                    }
                    return part;
                },
                part -> edges[PARTS] < SHORT_M
                        ? String.format(Locale.ROOT, "%.0f-%.0f m", edges[part], edges[part + 1])
                        : String.format(Locale.ROOT, "%.1f-%.1f km", edges[part] / 1000, edges[part + 1] / 1000));
    }

    /** Returns the parts of the region in which the transmitters stood, three by three. */
    static List<ComparedSlice> byPlace(List<ComparedSession> sessions) {
        List<GeoPoint> places = sessions.stream().map(ComparedSession::place).toList();
        double[] latitudes =
                places.stream().mapToDouble(GeoPoint::latitude).sorted().toArray();
        double[] longitudes =
                places.stream().mapToDouble(GeoPoint::longitude).sorted().toArray();
        return by(
                sessions,
                session -> PARTS * third(session.place().latitude(), latitudes)
                        + third(session.place().longitude(), longitudes),
                part -> {
                    String name = (ROWS.get(part / PARTS) + " " + COLUMNS.get(part % PARTS)).strip();
                    return name.isEmpty() ? "centre" : name.replace(' ', '-');
                });
    }

    private static int third(double value, double[] sorted) {
        double low = sorted[0];
        double span = sorted[sorted.length - 1] - low;
        return span == 0 ? 1 : (int) Math.min(PARTS - 1, PARTS * (value - low) / span);
    }

    private static List<ComparedSlice> by(
            List<ComparedSession> sessions, Function<ComparedSession, Integer> part, Function<Integer, String> name) {
        Map<Integer, List<ComparedSession>> parts =
                sessions.stream().collect(Collectors.groupingBy(part, TreeMap::new, Collectors.toList()));
        List<ComparedSlice> slices = new ArrayList<>();
        parts.forEach((number, some) -> slices.add(new ComparedSlice(
                name.apply(number),
                some.size(),
                (int) some.stream().filter(session -> session.fartherM() < 0).count(),
                PairedNumbers.of(some, List.of(Quantity.ERROR_P50)).get(0))));
        return slices;
    }

    /** Returns the fields of the JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("sessions", sessions);
        json.put("second_nearer", secondNearer);
        json.put(median.quantity().key(), median.json());
        return json;
    }
}
