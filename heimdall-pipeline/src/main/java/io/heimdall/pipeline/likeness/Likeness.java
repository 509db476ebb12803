package io.heimdall.pipeline.likeness;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.Sha256;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.ReadableSessions;
import io.heimdall.pipeline.data.TrainingPlane;
import io.heimdall.pipeline.input.CatalogWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A world fitted to the sessions of a catalogue, and how its stations record.
 *
 * @param fitted the world
 * @param recorders of its stations, in the order of their numbers
 * @param tellsSilence whether its sessions have rows of stations that heard nothing
 * @param fingerprint of the sessions; the same for the same sessions only
 */
public record Likeness(CatalogWorld fitted, List<Recorder> recorders, boolean tellsSilence, String fingerprint) {
    /** Of the fit, whatever is drawn later: session k of a seed is the same at every run. */
    private static final long FIT_SEED = 1;

    /**
     * Fits a world to all approved sessions of known sources.
     *
     * @param source of the sessions
     * @param name of the catalogue, for messages
     * @param listener is told of the features, and of what cannot be read
     * @throws PipelineException if there are too few sessions, or they show no law of levels
     * @throws IOException if a recording cannot be opened
     */
    public static Likeness of(SessionSource source, String name, PipelineListener listener) throws IOException {
        List<Session> all = source.catalog()
                .sessions()
                .filter(session -> !session.levels().isEmpty())
                .toList();
        try {
            if (all.isEmpty()) {
                throw new PipelineException("it has no approved session of a known source with a level");
            }
            CatalogWorld.check(all.size());
            RecordingFeatures features =
                    new RecordingFeatures(source.objects(), FeatureParameters.network(), source.features());
            ReadableSessions readable = ReadableSessions.of(all, features, listener);
            readable.warnings().forEach(listener::warn);
            List<Session> sessions = readable.sessions();
            PlaneScale places = TrainingPlane.at(sessions.stream()
                    .map(session -> session.source().orElseThrow())
                    .toList());
            CatalogWorld fitted = CatalogWorld.fitted(sessions, places, features, GroupBy.SOURCE, FIT_SEED);
            List<Recorder> recorders = new ArrayList<>();
            for (String station : fitted.stations()) {
                recorders.add(Recorder.of(station, sessions, source.objects()));
            }
            boolean tellsSilence = sessions.stream()
                    .flatMap(session -> session.measurements().stream())
                    .anyMatch(Measurement::isSilence);
            return new Likeness(fitted, recorders, tellsSilence, fingerprint(sessions));
        } catch (PipelineException e) {
            throw new PipelineException("no world can be fitted to " + name + ": " + e.getMessage(), e);
        }
    }

    /** Returns the path-loss exponent. */
    public double exponent() {
        return -fitted.world().law().slope() / 10;
    }

    /** Returns whether levels follow a map of the places, beside the law. */
    public boolean hasMap() {
        return fitted.world().map().isPresent();
    }

    private static String fingerprint(List<Session> sessions) {
        MessageDigest digest = Sha256.digest();
        sessions.forEach(session -> digest.update((session + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
