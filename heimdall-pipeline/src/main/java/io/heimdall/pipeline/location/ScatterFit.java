package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.TimeDifference;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.EvenSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * By how much the arrival times at a station vary from session to session beyond their sigmas, estimated from sessions of known transmitters.
 *
 * <p>The scatter of a station is a standard deviation that is added to the station's in quadrature. The likelihood of a session's delays at its known
 * place, with the share of wrong stations, is computed for a scale of scatters, for one station after the other, so that a few wrong clocks do not
 * look like scatter. The prior is one half for no scatter, and uniform on the scale for the other half. The estimate is the mean of the
 * posterior: near 0 if few sessions tell of the station. Sessions of one place share the weight of one.
 *
 * <p>The likelihoods are kept, so that an estimate by a part of the sessions costs a sum.
 */
final class ScatterFit {
    private static final int MOST_SESSIONS = 200;
    private static final int SWEEPS = 2;

    /** The scale begins at this share of the sigma of the station's better delays. */
    private static final double LEAST = 0.25;

    /** Share of the delays that are better: those with a bad clock at the other end say nothing of a scatter. */
    private static final double BETTER = 0.1;

    private static final int STEPS_PER_OCTAVE = 2;
    private static final int OCTAVES = 12;
    private static final int VALUES = 2 + OCTAVES * STEPS_PER_OCTAVE;

    /** One sigma of a scatter within its step of the scale, relative to it: that of a uniform distribution of its logarithm. */
    private static final double WITHIN_STEP = Math.log(2) / STEPS_PER_OCTAVE / Math.sqrt(12);

    private final List<Known> sessions;
    private final Propagation propagation;

    /** The values of a station's scatter, seconds. */
    private final Map<String, double[]> scales = new LinkedHashMap<>();

    /** The log likelihoods of these values by each session that tells of the station, by its number. */
    private final Map<String, Map<Integer, double[]>> likelihoods = new HashMap<>();

    /** A session of a known source, which is the origin of the plane; its delays have no constant errors. */
    private record Known(SessionEvidence session, List<TimeDifference> delays, LocalPlane plane, double power) {

        boolean has(String station) {
            return delays.stream()
                    .anyMatch(delay -> delay.first().name().equals(station)
                            || delay.second().name().equals(station));
        }
    }

    private ScatterFit(List<Known> sessions, Propagation propagation) {
        this.sessions = sessions;
        this.propagation = propagation;
    }

    /**
     * Computes the likelihoods.
     *
     * @param known sessions of known sources; at most {@value #MOST_SESSIONS} are used, evenly chosen
     * @param errors the constant errors of their clocks
     */
    static ScatterFit of(List<SessionEvidence> known, StationCorrections errors, Propagation propagation) {
        List<SessionEvidence> telling =
                known.stream().filter(one -> one.tells(EvidenceKind.DELAYS)).toList();
        List<SessionEvidence> chosen = EvenSample.of(telling, MOST_SESSIONS);
        List<GeoPoint> sources =
                chosen.stream().map(one -> one.session().source().orElseThrow()).toList();
        List<Integer> near = KnownPlaces.near(sources);
        ScatterFit fit = new ScatterFit(
                IntStream.range(0, chosen.size())
                        .mapToObj(i -> new Known(
                                chosen.get(i),
                                chosen.get(i).differences().stream()
                                        .map(errors::corrected)
                                        .toList(),
                                new LocalPlane(
                                        sources.get(i).latitude(),
                                        sources.get(i).longitude()),
                                1.0 / near.get(i)))
                        .toList(),
                propagation);
        fit.compute();
        return fit;
    }

    private void compute() {
        Map<String, List<Double>> sigmas = new LinkedHashMap<>();
        for (Known one : sessions) {
            for (TimeDifference delay : one.delays) {
                Stream.of(delay.first(), delay.second())
                        .forEach(site -> sigmas.computeIfAbsent(site.name(), name -> new ArrayList<>())
                                .add(delay.sigmaSeconds()));
            }
        }
        sigmas.forEach((station, all) -> scales.put(station, scale(ofBetter(all))));
        Map<String, StationError> scatters = new HashMap<>();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (String station : scales.keySet()) {
                likelihoods.put(station, likelihoods(station, scatters));
                scatters.put(station, estimate(station, sessions));
            }
        }
    }

    private static double ofBetter(List<Double> all) {
        return all.stream()
                .sorted()
                .skip((long) (BETTER * all.size()))
                .findFirst()
                .orElseThrow();
    }

    private static double[] scale(double sigma) {
        return IntStream.range(0, VALUES)
                .mapToDouble(i -> i == 0 ? 0 : LEAST * sigma * Math.pow(2, (i - 1.0) / STEPS_PER_OCTAVE))
                .toArray();
    }

    private Map<Integer, double[]> likelihoods(String station, Map<String, StationError> others) {
        return IntStream.range(0, sessions.size())
                .parallel()
                .filter(i -> sessions.get(i).has(station))
                .boxed()
                .collect(Collectors.toMap(
                        i -> i,
                        i -> Arrays.stream(scales.get(station))
                                .map(scatter -> logLikelihood(sessions.get(i), station, scatter, others))
                                .toArray()));
    }

    private double logLikelihood(Known one, String station, double scatter, Map<String, StationError> others) {
        Map<String, StationError> all = new HashMap<>(others);
        all.put(station, new StationError(scatter, 0, 0));
        List<TimeDifference> delays = one.delays.stream()
                .map(delay -> StationCorrections.scattered(delay, all))
                .toList();
        return one.power
                * DelayEvidence.of(one.plane, delays, propagation, DelayEvidence.OUTLIERS)
                        .logLikelihood(0, 0);
    }

    /** Returns the scatter of each station that enough of some sessions tell of, seconds. */
    Map<String, StationError> by(List<SessionEvidence> some) {
        Set<SessionEvidence> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(some);
        List<Known> chosen =
                sessions.stream().filter(one -> wanted.contains(one.session)).toList();
        Map<String, StationError> found = new LinkedHashMap<>();
        for (String station : scales.keySet()) {
            StationError scatter = estimate(station, chosen);
            if (scatter.sessions() >= StationCorrections.LEAST_SESSIONS) {
                found.put(station, scatter);
            }
        }
        return found;
    }

    private StationError estimate(String station, List<Known> chosen) {
        Set<Known> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(chosen);
        double[] logs = new double[VALUES];
        Arrays.fill(logs, 1, VALUES, -Math.log(VALUES - 1.0));
        Map<Integer, double[]> all = likelihoods.get(station);
        int count = 0;
        for (int i = 0; i < sessions.size(); i++) {
            if (all.containsKey(i) && wanted.contains(sessions.get(i))) {
                count++;
                for (int v = 0; v < VALUES; v++) {
                    logs[v] += all.get(i)[v];
                }
            }
        }
        return mean(scales.get(station), logs, count);
    }

    /** Returns the mean and the standard deviation of values with log weights. */
    private static StationError mean(double[] values, double[] logs, int sessions) {
        double largest = Arrays.stream(logs).max().orElseThrow();
        double mass = 0;
        double mean = 0;
        double square = 0;
        for (int v = 0; v < values.length; v++) {
            double weight = Math.exp(logs[v] - largest);
            mass += weight;
            mean += weight * values[v];
            square += weight * values[v] * values[v];
        }
        mean /= mass;
        double between = Math.sqrt(Math.max(0, square / mass - mean * mean));
        return new StationError(mean, Math.hypot(between, WITHIN_STEP * mean), sessions);
    }
}
