package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.pipeline.world.MeanPowers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Ratios of signal to noise in the recordings of sessions: as ingest measured them, otherwise from spectrograms.
 *
 * <p>The noise of a station is what the quietest bands of its quieter recordings hold; in a recording whose signal fills most bands
 * these alone would hold signal.
 */
final class SignalRatios {
    /** As the fitted world takes the noise of a station. */
    private static final double NOISE_QUANTILE = 0.1;

    private final List<Session> sessions;
    private final Map<Measurement, Power> powers;
    private final Map<String, Double> noise = new HashMap<>();

    /**
     * The mean power of a recording in a band.
     *
     * @param total of signal and noise
     * @param noise at most
     */
    private record Power(double total, double noise) {
        OptionalDouble ratioDb(double noiseOfStation) {
            double least = Math.min(noiseOfStation, noise);
            double ratio = (total - least) / least;
            return ratio > 0 && Double.isFinite(ratio)
                    ? OptionalDouble.of(10 * Math.log10(ratio))
                    : OptionalDouble.empty();
        }
    }

    /** Reads the spectrograms of recordings whose quality was not measured; one that cannot be read has no ratio. */
    SignalRatios(List<Session> sessions, Optional<RecordingFeatures> features) {
        this.sessions = sessions;
        this.powers = features.map(read -> sessions.parallelStream()
                        .distinct()
                        .flatMap(session -> session.measurements().stream())
                        .filter(m -> m.recorded().isPresent() && quality(m).isEmpty())
                        .flatMap(m -> power(m, read).map(power -> Map.entry(m, power)).stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)))
                .orElse(Map.of());
        powers.keySet().stream()
                .collect(Collectors.groupingBy(m -> m.station().name()))
                .forEach((station, measurements) -> noise.put(station, noise(measurements)));
    }

    private static Optional<Power> power(Measurement measurement, RecordingFeatures features) {
        try {
            MeanPowers powers = MeanPowers.of(
                    features.of(measurement),
                    features.parameters().mels(),
                    features.parameters().frames());
            return Optional.of(new Power(powers.total(), powers.ownNoise()));
        } catch (DatasetException e) { // the recording of a station that the model does not know may be lost
            return Optional.empty();
        }
    }

    private double noise(List<Measurement> measurements) {
        double[] sorted = measurements.stream()
                .mapToDouble(m -> powers.get(m).noise())
                .sorted()
                .toArray();
        return sorted[(int) (NOISE_QUANTILE * (sorted.length - 1))];
    }

    private static Optional<RecordingQuality> quality(Measurement measurement) {
        return measurement.recorded().flatMap(recorded -> recorded.quality());
    }

    /** Returns the greatest ratio of each session. */
    List<OptionalDouble> inDecibels() {
        return sessions.stream()
                .map(session -> session.measurements().stream()
                        .flatMapToDouble(measurement -> ratioDb(measurement).stream())
                        .max())
                .toList();
    }

    private OptionalDouble ratioDb(Measurement measurement) {
        Optional<RecordingQuality> quality = quality(measurement);
        if (quality.isPresent()) {
            return quality.get().snrDb();
        }
        Power own = powers.get(measurement);
        return own == null
                ? OptionalDouble.empty()
                : own.ratioDb(noise.get(measurement.station().name()));
    }
}
