package io.heimdall.app.command;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.features.delay.DelayEstimator;
import io.heimdall.features.delay.TimedRecording;
import io.heimdall.features.recording.Position;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a comparison of two recordings, and what the recordings say where an option is not given. */
final class DelayChoice {
    private static final double DEFAULT_KM = 2000;
    private static final double KM = 1000;

    /** Positions are not exact, and a great circle is not quite the distance. */
    private static final double MARGIN = 1.02;

    @Option(
            names = "--delay",
            description =
                    "Compare two recordings of the same time: how much later the common signal arrives at the first.")
    private boolean delay;

    @Option(
            names = "--clock-sigma",
            paramLabel = "S",
            split = ",",
            description =
                    "Standard deviation of the receivers' clocks in seconds, one value for both or one for each (S,S);"
                            + " wins over the recordings' own values. With --delay.")
    private List<Double> clockSigmas = new ArrayList<>();

    @Option(
            names = "--distance",
            paramLabel = "KM",
            description =
                    "Largest distance between the receivers (default: the distance of their positions where known, else"
                            + " 2000). With --delay.")
    private Double distanceKm;

    @Option(
            names = "--ppm",
            paramLabel = "P",
            description =
                    "The largest error of each receiver's oscillator, parts per million (default: 1). With --delay.")
    private Double ppm;

    /** For picocli. */
    DelayChoice() {}

    /**
     * Returns whether two recordings are to be compared.
     *
     * @throws IllegalArgumentException if an option needs that and it is not asked for, or is out of its range
     */
    boolean asked() {
        if (!delay && (!clockSigmas.isEmpty() || distanceKm != null || ppm != null)) {
            String name = !clockSigmas.isEmpty() ? "--clock-sigma" : distanceKm != null ? "--distance" : "--ppm";
            throw new IllegalArgumentException(name + " needs --delay, which compares two recordings");
        }
        if (clockSigmas.size() > 2) {
            throw new IllegalArgumentException(
                    "--clock-sigma has " + clockSigmas.size() + " values: 1 or 2 are expected");
        }
        for (Double sigma : clockSigmas) {
            if (!(sigma > 0 && sigma < 1e6)) {
                throw new IllegalArgumentException("--clock-sigma " + sigma + " is not in 0..1e6 seconds, 0 excluded");
            }
        }
        if (distanceKm != null && !(distanceKm > 0 && distanceKm <= 1e6)) {
            throw new IllegalArgumentException("--distance " + distanceKm + " is not in 0..1e6 km, 0 excluded");
        }
        if (ppm != null && !(ppm >= 0 && ppm <= 1000)) {
            throw new IllegalArgumentException("--ppm " + ppm + " is not in 0..1000");
        }
        return delay;
    }

    /**
     * Returns a recording with its clock.
     *
     * @param name for messages
     * @param index 0 or 1
     * @throws IllegalArgumentException if nothing tells when it began, or how good its clock is
     */
    TimedRecording timed(String name, Recording recording, int index) {
        RecordingInfo info = recording.info();
        Instant start = info.startTime()
                .orElseThrow(() -> new IllegalArgumentException(name
                        + ": does not state its start time, which a delay needs (SigMF: core:datetime; WAV: an auxi chunk"
                        + " or a name such as 20240131T120000Z_77500_X_iq.wav)"));
        double sigma;
        if (!clockSigmas.isEmpty()) {
            sigma = clockSigmas.get(Math.min(index, clockSigmas.size() - 1));
        } else {
            sigma = info.clockSigmaSeconds()
                    .orElseThrow(() -> new IllegalArgumentException(
                            name + ": does not state the standard deviation of its clock; give --clock-sigma SECONDS"));
        }
        return new TimedRecording(recording, start, sigma, ppm == null ? TimedRecording.DEFAULT_PPM : ppm);
    }

    /** Returns the largest difference of the paths, kilometres. */
    double distanceKm(RecordingInfo a, RecordingInfo b) {
        if (distanceKm != null) {
            return distanceKm;
        }
        Optional<Position> ofA = a.position();
        Optional<Position> ofB = b.position();
        return ofA.isPresent() && ofB.isPresent()
                ? MARGIN * point(ofA.get()).distanceMetres(point(ofB.get())) / KM
                : DEFAULT_KM;
    }

    DelayEstimator estimator(double km) {
        return DelayEstimator.withinMetres(km * KM);
    }

    private static GeoPoint point(Position position) {
        return new GeoPoint(position.latitude(), position.longitude());
    }
}
