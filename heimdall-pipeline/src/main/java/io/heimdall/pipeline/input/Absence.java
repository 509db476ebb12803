package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells what it means that a session has no measurement of a station: that the station heard nothing, or that it was not in
 * service.
 *
 * <p>Where stations hear nothing they are farther from the transmitter than where they hear it; where they are out of service
 * the distance does not count. The rank sum of Wilcoxon (1945) tells the two apart, added up over the stations that stand still.
 * Where sessions name stations that heard nothing, the others were not in service.
 */
final class Absence {
    /** One chance in some thousands that stations out of service look like this. */
    private static final double DEVIATIONS = 3.5;

    private Absence() {}

    /**
     * Returns whether absent stations heard nothing, rather than being out of service.
     *
     * @param stations with the position of each that stands still
     */
    static boolean isInformative(List<Session> training, Map<String, Optional<GeoPoint>> stations) {
        if (training.stream()
                .flatMap(session -> session.measurements().stream())
                .anyMatch(Measurement::isSilence)) {
            return false;
        }
        List<Set<String>> heard = training.stream()
                .map(session -> session.measurements().stream()
                        .map(m -> m.station().name())
                        .collect(Collectors.toSet()))
                .toList();
        List<Integer> placed = IntStream.range(0, training.size())
                .filter(s -> training.get(s).source().isPresent())
                .boxed()
                .toList();
        double excess = 0;
        double variance = 0;
        for (Map.Entry<String, Optional<GeoPoint>> station : stations.entrySet()) {
            if (station.getValue().isEmpty()) {
                continue;
            }
            GeoPoint place = station.getValue().get();
            List<Integer> nearFirst = new ArrayList<>(placed);
            nearFirst.sort(Comparator.comparingDouble(
                    s -> training.get(s).source().get().distanceMetres(place)));
            double absent = 0;
            double ranks = 0;
            for (int rank = 0; rank < nearFirst.size(); rank++) {
                if (!heard.get(nearFirst.get(rank)).contains(station.getKey())) {
                    absent++;
                    ranks += rank + 1;
                }
            }
            double all = nearFirst.size();
            excess += ranks - absent * (all + 1) / 2;
            variance += absent * (all - absent) * (all + 1) / 12;
        }
        return excess > DEVIATIONS * Math.sqrt(variance);
    }
}
