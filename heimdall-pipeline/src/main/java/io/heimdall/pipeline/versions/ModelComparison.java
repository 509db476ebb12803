package io.heimdall.pipeline.versions;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two models on the same sessions, none of which either has learned from.
 *
 * @param first title of the first model
 * @param second title of the second model
 * @param sessions how many both were judged on
 * @param groups of these sessions, which the intervals resample
 * @param leftOut sessions that were not compared, by reason
 * @param notes that a reader should know
 * @param numbers of both models
 * @param slices where each is better, by what the sessions are divided by: {@code stations}, {@code distance}, {@code place}
 * @param farthest sessions in which the models differ most
 */
public record ModelComparison(
        String first,
        String second,
        int sessions,
        int groups,
        Map<String, Integer> leftOut,
        List<String> notes,
        List<ComparedNumber> numbers,
        Map<String, List<ComparedSlice>> slices,
        List<Difference> farthest) {
    private static final int MOST_DIFFERENCES = 20;

    /** Copies lists and maps. */
    public ModelComparison {
        leftOut = Map.copyOf(leftOut);
        notes = List.copyOf(notes);
        numbers = List.copyOf(numbers);
        slices = new LinkedHashMap<>(slices);
        farthest = List.copyOf(farthest);
    }

    /**
     * A session in which the models differ.
     *
     * @param session its id
     * @param stations that heard it
     * @param firstM distance of the first model's place from the truth, metres
     * @param secondM distance of the second model's place from the truth, metres
     */
    public record Difference(String session, int stations, double firstM, double secondM) {}

    /** Compares answers. */
    static ModelComparison of(
            String first,
            String second,
            List<ComparedSession> sessions,
            Map<String, Integer> leftOut,
            List<String> notes) {
        Map<String, List<ComparedSlice>> slices = new LinkedHashMap<>();
        slices.put("stations", ComparedSlice.byStations(sessions));
        slices.put("distance", ComparedSlice.byDistance(sessions));
        slices.put("place", ComparedSlice.byPlace(sessions));
        return new ModelComparison(
                first,
                second,
                sessions.size(),
                (int) sessions.stream()
                        .mapToInt(ComparedSession::group)
                        .distinct()
                        .count(),
                leftOut,
                notes,
                PairedNumbers.of(sessions, List.of(Quantity.values())),
                slices,
                sessions.stream()
                        .sorted(Comparator.comparingDouble(session -> -Math.abs(session.fartherM())))
                        .limit(MOST_DIFFERENCES)
                        .map(session -> new Difference(
                                session.session().id(),
                                session.stations(),
                                session.first().distance(),
                                session.second().distance()))
                        .toList());
    }

    /** Returns a number of both models. */
    public ComparedNumber number(Quantity quantity) {
        return numbers.stream()
                .filter(number -> number.quantity() == quantity)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the fields of the JSON that {@code heimdall compare} prints. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", first);
        json.put("second", second);
        json.put("sessions", sessions);
        json.put("groups", groups);
        json.put("left_out", leftOut);
        json.put("notes", notes);
        Map<String, Object> values = new LinkedHashMap<>();
        numbers.forEach(number -> values.put(number.quantity().key(), number.json()));
        json.put("numbers", values);
        Map<String, Object> parts = new LinkedHashMap<>();
        slices.forEach((by, list) ->
                parts.put(by, list.stream().map(ComparedSlice::json).toList()));
        json.put("by", parts);
        return json;
    }
}
