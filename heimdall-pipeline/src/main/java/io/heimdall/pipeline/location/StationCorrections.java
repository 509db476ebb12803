package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * What the stations' clocks and antennas are constantly wrong by: cables and stamps, the mounting of an antenna. Estimated from sessions of
 * known transmitters; a station that fewer than {@value #LEAST_SESSIONS} of them tell of is not corrected. Immutable.
 */
public final class StationCorrections {
    /** The fewest sessions that tell a constant error from a session's own. */
    public static final int LEAST_SESSIONS = 3;

    /** No error at all, of any station. */
    public static final StationCorrections NONE = of(List.of(), Propagation.STRAIGHT);

    private final Map<String, Integer> clocks = new LinkedHashMap<>();
    private final Map<String, Integer> antennas = new LinkedHashMap<>();
    private final Map<String, Integer> clockSessions = new HashMap<>();
    private final Map<String, Integer> antennaSessions = new HashMap<>();
    private ErrorFit seconds = new ErrorFit(0);
    private ErrorFit degrees = new ErrorFit(0);

    private StationCorrections() {}

    /** Estimates the errors from sessions whose sources are known. */
    static StationCorrections of(List<SessionEvidence> known, Propagation propagation) {
        StationCorrections corrections = new StationCorrections();
        Map<List<Integer>, KnownPlaces> delays = new LinkedHashMap<>();
        Map<Integer, KnownPlaces> bearings = new LinkedHashMap<>();
        for (SessionEvidence session : known) {
            GeoPoint source = session.session().source().orElseThrow();
            corrections.addDelays(session, source, propagation, delays);
            corrections.addBearings(session, source, bearings);
        }
        corrections.seconds = new ErrorFit(corrections.clocks.size())
                .fit(delays.values().stream()
                        .flatMap(pair -> pair.shared().stream())
                        .toList());
        corrections.degrees = new ErrorFit(corrections.antennas.size())
                .fit(bearings.values().stream()
                        .flatMap(station -> KnownPlaces.unwrapped(station.shared()).stream())
                        .toList());
        return corrections;
    }

    private void addDelays(
            SessionEvidence session,
            GeoPoint source,
            Propagation propagation,
            Map<List<Integer>, KnownPlaces> residuals) {
        List<TimeDifference> delays = session.pairs().stream()
                .flatMap(pair -> pair.difference().stream())
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
        for (StationUse station : session.stations()) {
            station.bearing().ifPresent(bearing -> {
                SiteBearing heard = new SiteBearing(station.site(), bearing.degrees(), bearing.sigmaDegrees());
                antennaSessions.merge(station.site().name(), 1, Integer::sum);
                int number = number(antennas, station.site().name());
                add(
                        residuals,
                        number,
                        source,
                        new ErrorFit.Residual(
                                number,
                                -1,
                                heard.residualDegrees(source.latitude(), source.longitude()),
                                heard.sigmaDegrees(),
                                1));
            });
        }
    }

    private static <K> void add(Map<K, KnownPlaces> all, K key, GeoPoint source, ErrorFit.Residual residual) {
        all.computeIfAbsent(key, k -> new KnownPlaces()).add(source, residual);
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return numbers.computeIfAbsent(name, n -> numbers.size());
    }

    /** Returns a delay without the constant errors of its stations, and their sigma added to its own. */
    TimeDifference corrected(TimeDifference delay) {
        String first = delay.first().name();
        String second = delay.second().name();
        if (!isKnown(clockSessions, first) || !isKnown(clockSessions, second)) {
            return delay;
        }
        int a = clocks.get(first);
        int b = clocks.get(second);
        if (!seconds.tied(a, b)) {
            return delay;
        }
        return delay.corrected(seconds.difference(a, b), seconds.sigma(a, b));
    }

    /** Returns a bearing without the constant error of its station, and its sigma added to its own. */
    SiteBearing corrected(SiteBearing bearing) {
        String name = bearing.site().name();
        if (!isKnown(antennaSessions, name)) {
            return bearing;
        }
        int number = antennas.get(name);
        return new SiteBearing(
                bearing.site(),
                bearing.degrees() - degrees.error(number),
                Math.min(180, Math.hypot(bearing.sigmaDegrees(), degrees.sigma(number))));
    }

    /** Returns the errors of clocks, seconds, by station; only their differences count, so their mean is 0. */
    public Map<String, StationError> clockErrors() {
        return errors(clocks, clockSessions, seconds, seconds::sigmaAgainstMean);
    }

    /** Returns the errors of bearings, degrees, by station. */
    public Map<String, StationError> bearingErrors() {
        return errors(antennas, antennaSessions, degrees, degrees::sigma);
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
        return sessions.getOrDefault(name, 0) >= LEAST_SESSIONS;
    }
}
