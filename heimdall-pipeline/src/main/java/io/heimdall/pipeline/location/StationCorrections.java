package io.heimdall.pipeline.location;

import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the stations' clocks and antennas are constantly wrong by: cables and stamps, the mounting of an antenna. Estimated from sessions of
 * known transmitters; a station that fewer than {@value #LEAST_SESSIONS} of them tell of is not corrected. Immutable.
 *
 * @param clockErrors of clocks, seconds, by station; only their differences count, so their mean is 0
 * @param clockPairs the differences of the clocks of two stations, each pair once; pairs that no delays tie together are left out
 * @param bearingErrors of bearings, degrees, by station
 * @param clockScatters by which the arrival times at a station vary from session to session beyond their sigmas, seconds, one sigma, by
 *     station: echoes, or a clock that is worse than it says. The {@code sigma} of the error is the uncertainty of this number
 */
public record StationCorrections(
        Map<String, StationError> clockErrors,
        List<ClockPair> clockPairs,
        Map<String, StationError> bearingErrors,
        Map<String, StationError> clockScatters) {
    /** The fewest sessions that tell a constant error from a session's own. */
    public static final int LEAST_SESSIONS = 3;

    /** No error at all, of any station. */
    public static final StationCorrections NONE = new StationCorrections(Map.of(), List.of(), Map.of(), Map.of());

    /** Makes corrections without scatters. */
    public StationCorrections(
            Map<String, StationError> clockErrors,
            List<ClockPair> clockPairs,
            Map<String, StationError> bearingErrors) {
        this(clockErrors, clockPairs, bearingErrors, Map.of());
    }

    /** Copies the maps, in their order. */
    public StationCorrections {
        clockErrors = Collections.unmodifiableMap(new LinkedHashMap<>(clockErrors));
        clockPairs = List.copyOf(clockPairs);
        bearingErrors = Collections.unmodifiableMap(new LinkedHashMap<>(bearingErrors));
        clockScatters = Collections.unmodifiableMap(new LinkedHashMap<>(clockScatters));
    }

    /**
     * What the clock of one station is constantly wrong by, less that of another.
     *
     * @param first a station
     * @param second the other station
     * @param seconds by which a delay of the first over the second is too large
     * @param sigmaSeconds its standard deviation
     */
    public record ClockPair(String first, String second, double seconds, double sigmaSeconds) {}

    /** Returns these corrections, and of clocks or bearings that they know nothing of, those of others. */
    StationCorrections orElse(StationCorrections others) {
        boolean clocks = !clockErrors.isEmpty();
        return new StationCorrections(
                clocks ? clockErrors : others.clockErrors,
                clocks ? clockPairs : others.clockPairs,
                bearingErrors.isEmpty() ? others.bearingErrors : bearingErrors,
                clocks ? clockScatters : others.clockScatters);
    }

    /** Returns the scatters that are more than twice their uncertainty: those that people should know of. */
    public Map<String, StationError> clearScatters() {
        Map<String, StationError> clear = new LinkedHashMap<>();
        clockScatters.forEach((station, scatter) -> {
            if (scatter.value() > 2 * scatter.sigma()) {
                clear.put(station, scatter);
            }
        });
        return clear;
    }

    /** Returns a delay without the constant errors of its stations; their sigma and the stations' scatters are added to its own sigma. */
    TimeDifference corrected(TimeDifference delay) {
        return scattered(withoutErrors(delay), clockScatters);
    }

    /** Returns a delay with the scatters of its stations added to its sigma. */
    static TimeDifference scattered(TimeDifference delay, Map<String, StationError> scatters) {
        double scatter = Math.hypot(
                scatter(scatters, delay.first().name()),
                scatter(scatters, delay.second().name()));
        return scatter == 0 ? delay : delay.corrected(0, scatter);
    }

    private static double scatter(Map<String, StationError> scatters, String station) {
        StationError scatter = scatters.get(station);
        return scatter == null ? 0 : scatter.value();
    }

    private TimeDifference withoutErrors(TimeDifference delay) {
        String first = delay.first().name();
        String second = delay.second().name();
        for (ClockPair pair : clockPairs) {
            if (pair.first.equals(first) && pair.second.equals(second)) {
                return delay.corrected(pair.seconds, pair.sigmaSeconds);
            }
            if (pair.first.equals(second) && pair.second.equals(first)) {
                return delay.corrected(-pair.seconds, pair.sigmaSeconds);
            }
        }
        return delay;
    }

    /** Returns a bearing without the constant error of its station, and its sigma added to its own. */
    SiteBearing corrected(SiteBearing bearing) {
        StationError error = bearingErrors.get(bearing.site().name());
        return error == null
                ? bearing
                : new SiteBearing(
                        bearing.site(),
                        bearing.degrees() - error.value(),
                        Math.min(180, Math.hypot(bearing.sigmaDegrees(), error.sigma())));
    }
}
