package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.TrainingPlane;
import io.heimdall.pipeline.input.LevelReader;
import io.heimdall.pipeline.world.LevelPosterior;
import io.heimdall.pipeline.world.PlaceGrid;
import io.heimdall.pipeline.world.PlacePosterior;
import io.heimdall.pipeline.world.RecordedSession;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The posterior mean under a law of levels that is fitted to the training split.
 *
 * @param id key in the JSON
 * @param title for people
 * @param plane in which the posterior is
 * @param reader of levels
 * @param posterior of a session
 */
record LevelLawRival(String id, String title, LocalPlane plane, LevelReader reader, LevelPosterior posterior)
        implements LevelMethod {
    /** Sessions are read for the law; more make it no better. */
    private static final int MOST_SESSIONS = 4000;

    /**
     * Fits the law, and a map of what it does not explain.
     *
     * @param unordered at least four sessions of known sources
     * @param groupBy of which groups sessions are not independent of one another
     * @return the posterior of the law alone, and that with the map
     * @throws io.heimdall.pipeline.PipelineException if the sessions show no law
     */
    static List<LevelMethod> fit(List<Session> unordered, GroupBy groupBy, PipelineListener listener) {
        // In one order, so that a fit has the same bits at every run.
        List<Session> training =
                unordered.stream().sorted(Comparator.comparing(Session::id)).toList();
        PlaneScale scale = TrainingPlane.at(
                training.stream().map(session -> session.source().orElseThrow()).toList());
        AffineMap metres = scale.metres();
        double scaleM = Math.hypot(metres.scaleEast(), metres.scaleNorth()) / Math.sqrt(2);
        LocalPlane plane = scale.plane();
        List<Session> some = EvenSample.of(training, MOST_SESSIONS);
        // A station that none of these heard has no law.
        LevelReader reader = LevelReader.of(some, plane);
        SessionGroups numbers = new SessionGroups(some, groupBy);
        List<RecordedSession> sessions = some.stream().map(reader::of).toList();
        int[] groups =
                some.stream().mapToInt(session -> numbers.of(session.id())).toArray();
        int count = (int) Arrays.stream(groups).distinct().count();
        listener.advance(0, "fits the law of the levels");
        LevelPosterior law = LevelPosterior.fit(sessions, reader.stations(), scaleM, PlaceGrid.around(sessions, count));
        listener.advance(0, "fits maps of the levels");
        LevelPosterior map = law.withMap(sessions, groups, scaleM);
        return List.of(
                new LevelLawRival("fitted_law", "Posterior of the fitted law", plane, reader, law),
                new LevelLawRival("radio_map", "Radio map, Gaussian processes", plane, reader, map));
    }

    @Override
    public GeoPoint locate(Session session) {
        return mean(posterior.of(reader.of(session)));
    }

    private GeoPoint mean(PlacePosterior believed) {
        return new GeoPoint(
                plane.latitudeOf(believed.northM()), Math.IEEEremainder(plane.longitudeOf(believed.eastM()), 360));
    }

    @Override
    public Answer judge(Session session) {
        GeoPoint truth = session.source().orElseThrow();
        PlacePosterior believed = posterior.of(reader.of(session));
        double east = plane.east(truth.longitude());
        double north = plane.north(truth.latitude());
        Belief belief = new Belief(
                believed.logDensity(east, north),
                believed.credibleLevel(east, north),
                Belief.LEVELS.stream().map(believed::areaM2).toList());
        return new Answer(Answer.distance(truth, mean(believed)), Optional.of(belief));
    }
}
