package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Estimates the constant errors of clocks and antennas from sessions of known transmitters. */
final class CorrectionFit {
    private final Propagation propagation;
    private final Map<String, Integer> clocks = new LinkedHashMap<>();
    private final Map<String, Integer> antennas = new LinkedHashMap<>();
    private final Map<String, Integer> clockSessions = new HashMap<>();
    private final Map<String, Integer> antennaSessions = new HashMap<>();
    private ErrorFit seconds = new ErrorFit(0);
    private ErrorFit degrees = new ErrorFit(0);

    CorrectionFit(Propagation propagation) {
        this.propagation = propagation;
    }

    /** Estimates the errors from sessions whose sources are known; the scatter of clocks is taken as none. */
    StationCorrections of(List<SessionEvidence> known) {
        return of(known, Map.of());
    }

    /**
     * Estimates the errors from sessions whose sources are known.
     *
     * @param scatters of clocks by station, seconds, which widen the delays of the sessions
     */
    StationCorrections of(List<SessionEvidence> known, Map<String, StationError> scatters) {
        Map<List<Integer>, KnownPlaces> delays = new LinkedHashMap<>();
        Map<Integer, KnownPlaces> bearings = new LinkedHashMap<>();
        for (SessionEvidence session : known) {
            GeoPoint source = session.session().source().orElseThrow();
            addDelays(session, source, scatters, delays);
            addBearings(session, source, bearings);
        }
        seconds = new ErrorFit(clocks.size())
                .fit(delays.values().stream()
                        .flatMap(pair -> pair.shared().stream())
                        .toList());
        degrees = new ErrorFit(antennas.size())
                .fit(bearings.values().stream()
                        .flatMap(station -> KnownPlaces.unwrapped(station.shared()).stream())
                        .toList());
        return new StationCorrections(
                errors(clocks, clockSessions, seconds, seconds::sigmaAgainstMean),
                pairs(),
                errors(antennas, antennaSessions, degrees, degrees::sigma),
                scatters);
    }

    private void addDelays(
            SessionEvidence session,
            GeoPoint source,
            Map<String, StationError> scatters,
            Map<List<Integer>, KnownPlaces> residuals) {
        List<TimeDifference> delays = session.differences().stream()
                .map(delay -> StationCorrections.scattered(delay, scatters))
                .toList();
        List<String> names = delays.stream()
                .flatMap(delay -> List.of(delay.first().name(), delay.second().name()).stream())
                .distinct()
                .toList();
        names.forEach(name -> clockSessions.merge(name, 1, Integer::sum));
        for (TimeDifference delay : delays) {
            int first = number(clocks, delay.first().name());
            int second = number(clocks, delay.second().name());
            add(
                    residuals,
                    List.of(Math.min(first, second), Math.max(first, second)),
                    source,
                    new ErrorFit.Residual(
                            first,
                            second,
                            delay.residualSeconds(source.latitude(), source.longitude(), propagation),
                            delay.sigmaSeconds(),
                            (names.size() - 1.0) / delays.size()));
        }
    }

    private void addBearings(SessionEvidence session, GeoPoint source, Map<Integer, KnownPlaces> residuals) {
        for (SiteBearing bearing : session.bearings()) {
            antennaSessions.merge(bearing.site().name(), 1, Integer::sum);
            int number = number(antennas, bearing.site().name());
            add(
                    residuals,
                    number,
                    source,
                    new ErrorFit.Residual(
                            number,
                            -1,
                            bearing.residualDegrees(source.latitude(), source.longitude()),
                            bearing.sigmaDegrees(),
                            1));
        }
    }

    private static <K> void add(Map<K, KnownPlaces> all, K key, GeoPoint source, ErrorFit.Residual residual) {
        all.computeIfAbsent(key, k -> new KnownPlaces()).add(source, residual);
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return numbers.computeIfAbsent(name, n -> numbers.size());
    }

    /** Returns the differences of the clocks that sessions tie together, each pair once. */
    private List<StationCorrections.ClockPair> pairs() {
        List<String> known = clocks.keySet().stream()
                .filter(name -> isKnown(clockSessions, name))
                .toList();
        List<StationCorrections.ClockPair> pairs = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            for (int k = i + 1; k < known.size(); k++) {
                int a = clocks.get(known.get(i));
                int b = clocks.get(known.get(k));
                if (seconds.tied(a, b)) {
                    pairs.add(new StationCorrections.ClockPair(
                            known.get(i), known.get(k), seconds.difference(a, b), seconds.sigma(a, b)));
                }
            }
        }
        return pairs;
    }

    private static Map<String, StationError> errors(
            Map<String, Integer> numbers, Map<String, Integer> sessions, ErrorFit fit, IntToDoubleFunction sigma) {
        Map<String, StationError> errors = new LinkedHashMap<>();
        numbers.forEach((name, number) -> {
            if (isKnown(sessions, name)) {
                errors.put(name, new StationError(fit.error(number), sigma.applyAsDouble(number), sessions.get(name)));
            }
        });
        return errors;
    }

    private static boolean isKnown(Map<String, Integer> sessions, String name) {
        return sessions.getOrDefault(name, 0) >= StationCorrections.LEAST_SESSIONS;
    }
}
