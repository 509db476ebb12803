package io.heimdall.pipeline.location;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.features.delay.DelayEstimator;
import io.heimdall.features.delay.TimedRecording;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.ObjectFiles;
import io.heimdall.localization.evidence.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the delays between the recordings of a session. Thread-safe as far as its recordings are. */
final class SessionDelays {
    /** Positions are not exact. */
    private static final double MARGIN = 1.02;

    private static final double LEAST_PATH_M = 1000;

    /** Half a band of any recording: a clock's error shifts its edges, too. */
    private static final double SHIFTED_BAND_HZ = 5e6;

    private final ObjectFiles recordings;
    private final LocationOptions options;

    SessionDelays(ObjectFiles recordings, LocationOptions options) {
        this.recordings = recordings;
        this.options = options;
    }

    /** Returns whether a session may have a delay or a bearing; nothing is read. */
    boolean promises(Session session) {
        return timed(session).size() >= 2
                || options.evidence().contains(EvidenceKind.BEARINGS)
                        && session.measurements().stream()
                                .anyMatch(measurement -> measurement.bearing().isPresent());
    }

    private List<Measurement> timed(Session session) {
        return session.measurements().stream()
                .filter(measurement -> obstacle(measurement).isEmpty())
                .toList();
    }

    /** Returns what the stations of a session tell without a look at their recordings. */
    SessionEvidence bearingsOf(Session session) {
        return new SessionEvidence(
                session,
                session.measurements().stream()
                        .map(measurement -> new StationUse(
                                site(measurement.station()),
                                measurement.clockSigmaS(),
                                obstacle(measurement),
                                options.evidence().contains(EvidenceKind.BEARINGS)
                                        ? measurement.bearing()
                                        : Optional.empty()))
                        .toList(),
                List.of());
    }

    /** Returns what the stations of a session tell; recordings are read to their ends once for each pair. */
    SessionEvidence of(Session session) {
        List<Measurement> timed = timed(session);
        List<PairDelay> pairs = new ArrayList<>();
        for (int i = 0; i < timed.size(); i++) {
            for (int k = i + 1; k < timed.size(); k++) {
                pairs.add(pair(session.frequencyHz(), timed.get(i), timed.get(k)));
            }
        }
        return new SessionEvidence(session, bearingsOf(session).stations(), pairs);
    }

    private Optional<String> obstacle(Measurement measurement) {
        if (!options.evidence().contains(EvidenceKind.DELAYS)) {
            return Optional.of("delays are not asked for");
        }
        if (measurement.recorded().isEmpty()) {
            return Optional.of("no recording");
        }
        if (measurement.startTime().isEmpty()) {
            return Optional.of("neither the table (start_time) nor the recording tells when it began");
        }
        if (measurement.clockSigmaS().isEmpty()) {
            return Optional.of("nothing is known of its clock: fill in clock_sigma_s"
                    + " (a KiwiSDR's file tells it where the receiver had GNSS)");
        }
        if (measurement.station().position().equals(LooseRecordings.NOWHERE)) {
            return Optional.of("nothing tells where the station stands");
        }
        return Optional.empty();
    }

    private PairDelay pair(long frequencyHz, Measurement first, Measurement second) {
        Site a = site(first.station());
        Site b = site(second.station());
        double path = MARGIN
                * a.distanceM(b.latitude(), b.longitude())
                * options.propagation().factor();
        try (Recording ofA = open(first);
                Recording ofB = open(second)) {
            return new PairDelay(
                    a,
                    b,
                    estimator(Math.max(LEAST_PATH_M, path), frequencyHz, ofA, ofB)
                            .estimate(timed(first, ofA), timed(second, ofB)));
        } catch (IOException | IllegalArgumentException e) {
            throw new DatasetException(
                    first.recorded().orElseThrow().key().toString(),
                    "the recordings of '" + a.name() + "' and '" + b.name() + "' cannot be compared: " + e.getMessage(),
                    e,
                    mayPass(e));
        }
    }

    private static boolean mayPass(Exception fault) {
        return !(fault instanceof RecordingFormatException)
                && fault instanceof IOException file
                && DiskFaults.mayPass(file);
    }

    /** Recordings that do not tell what they were tuned to were tuned to the session's frequency: it bounds their offset. */
    private DelayEstimator estimator(double path, long frequencyHz, Recording one, Recording other) {
        DelayEstimator estimator = DelayEstimator.withinMetres(path);
        boolean tells = one.info().centerFrequencyHz().isPresent()
                || other.info().centerFrequencyHz().isPresent();
        return tells || frequencyHz <= 0
                ? estimator
                : estimator.withMaxOffsetHz(2 * options.clockPpm() * 1e-6 * (frequencyHz + SHIFTED_BAND_HZ));
    }

    private Recording open(Measurement measurement) throws IOException {
        Recorded recorded = measurement.recorded().orElseThrow();
        return Recordings.open(
                recorded.fetch(recordings), recorded.part().options(recorded.format(), recorded.sampleRateHz()));
    }

    private TimedRecording timed(Measurement measurement, Recording recording) {
        return new TimedRecording(
                recording,
                measurement.startTime().orElseThrow(),
                measurement.clockSigmaS().orElseThrow(),
                options.clockPpm());
    }

    static Site site(Station station) {
        return new Site(
                station.name(),
                station.position().latitude(),
                station.position().longitude());
    }
}
