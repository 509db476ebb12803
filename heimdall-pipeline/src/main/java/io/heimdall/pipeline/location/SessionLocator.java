package io.heimdall.pipeline.location;

import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.files.ObjectFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Locates the transmitters of sessions by delays and bearings, without a network or with what one says of the levels. Without, the prior
 * is uniform on the ground within a square around the stations.
 *
 * <p>Where sessions have known sources, the stations' constant errors are estimated from them and taken off. A session of a known
 * source is corrected by those of other places alone: its own would tell it the answer.
 */
public final class SessionLocator {
    private final ObjectFiles recordings;
    private final LocationOptions options;

    /**
     * Makes a locator.
     *
     * @param recordings finds the sessions' recordings
     */
    public SessionLocator(ObjectFiles recordings, LocationOptions options) {
        this.recordings = recordings;
        this.options = options;
    }

    /**
     * Locates sessions with nothing that a training has fitted.
     *
     * @param levels what a model says of sessions, by their ids; a session without has a uniform prior
     * @param progress hears of the sessions that are done
     * @return as {@link #locate(List, Map, FittedEvidence, IntConsumer)}
     */
    public Locations locate(List<Session> sessions, Map<String, Location> levels, IntConsumer progress) {
        return locate(sessions, levels, FittedEvidence.NONE, progress);
    }

    /**
     * Locates sessions.
     *
     * @param levels what a model says of sessions, by their ids; a session without has a uniform prior
     * @param fitted what the training of the model has fitted: the exponents, and the corrections of clocks or bearings where the
     *     known sources among the sessions tell none
     * @param progress hears of the sessions that are done
     * @return the sessions that something locates, why the others are not, and the stations' errors
     * @throws io.heimdall.dataset.DatasetException if a recording cannot be read
     */
    public Locations locate(
            List<Session> sessions, Map<String, Location> levels, FittedEvidence fitted, IntConsumer progress) {
        SessionDelays delays = new SessionDelays(recordings, options);
        List<SessionEvidence> measured = new ArrayList<>();
        for (Session session : sessions) {
            measured.add(delays.of(session));
            progress.accept(measured.size());
        }
        List<LocatedSession> located = new ArrayList<>();
        List<Locations.NotLocated> others = new ArrayList<>();
        KnownSessions known = KnownSessions.among(measured, options.propagation());
        for (SessionEvidence session : measured) {
            Optional<Location> model =
                    Optional.ofNullable(levels.get(session.session().id()));
            if (model.isPresent() || session.tellsSomething()) {
                StationCorrections corrections = known.correctionsFor(session).orElse(fitted.corrections());
                located.add(
                        EvidenceProduct.of(options, session, model, corrections).located(fitted.exponents()));
            } else {
                others.add(new Locations.NotLocated(
                        session.session().id(), obstacle(session), session.stations(), session.pairs()));
            }
        }
        return new Locations(located, others, known.all().orElse(fitted.corrections()));
    }

    private static String obstacle(SessionEvidence session) {
        long timed = session.stations().stream()
                .filter(station -> station.noDelay().isEmpty())
                .count();
        String what = timed >= 2
                ? "no two recordings have a delay between them"
                : timed + " of " + session.stations().size()
                        + " stations have a recording whose start and clock are known; a delay needs two";
        return what + ", no station has a bearing, and no model tells anything of the levels";
    }
}
