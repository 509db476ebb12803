package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.files.ObjectFiles;
import io.heimdall.localization.evidence.BearingEvidence;
import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.DistributionEvidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import io.heimdall.localization.evidence.UniformOnGround;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Locates the transmitters of sessions by delays and bearings, without a network or with what one says of the levels. Without, the prior
 * is uniform on the ground within a square around the stations.
 *
 * <p>Where sessions have known sources, the stations' constant errors are estimated from them and taken off. A session of a known
 * source is corrected by those of other places alone: its own would tell it the answer.
 */
public final class SessionLocator {
    private static final double LEAST_WITHIN_M = 200_000;
    private static final double BASELINES = 1.5;

    private static final double SPREADS = 5;

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
     * Locates sessions.
     *
     * @param levels what a model says of sessions, by their ids; a session without has a uniform prior
     * @param progress hears of the sessions that are done
     * @return the sessions that something locates, why the others are not, and the stations' errors
     * @throws io.heimdall.dataset.DatasetException if a recording cannot be read
     */
    public Locations locate(List<Session> sessions, Map<String, Location> levels, IntConsumer progress) {
        SessionDelays delays = new SessionDelays(recordings, options);
        List<SessionEvidence> measured = new ArrayList<>();
        for (Session session : sessions) {
            measured.add(delays.of(session));
            progress.accept(measured.size());
        }
        List<LocatedSession> located = new ArrayList<>();
        List<Locations.NotLocated> others = new ArrayList<>();
        StationCorrections all = corrections(measured);
        for (SessionEvidence session : measured) {
            Optional<Location> model =
                    Optional.ofNullable(levels.get(session.session().id()));
            if (model.isPresent() || tellsSomething(session)) {
                located.add(located(session, model, corrections(session, measured, all)));
            } else {
                others.add(new Locations.NotLocated(
                        session.session().id(), obstacle(session), session.stations(), session.pairs()));
            }
        }
        return new Locations(located, others, all);
    }

    private StationCorrections corrections(List<SessionEvidence> measured) {
        return StationCorrections.of(
                measured.stream()
                        .filter(one -> one.session().source().isPresent())
                        .toList(),
                options.propagation());
    }

    private StationCorrections corrections(
            SessionEvidence session, List<SessionEvidence> measured, StationCorrections all) {
        Optional<GeoPoint> own = session.session().source();
        return own.isEmpty()
                ? all
                : corrections(measured.stream()
                        .filter(other -> other.session()
                                .source()
                                .filter(place -> place.distanceMetres(own.get()) > KnownPlaces.ONE_PLACE_M)
                                .isPresent())
                        .toList());
    }

    private static boolean tellsSomething(SessionEvidence session) {
        return session.pairs().stream().anyMatch(pair -> pair.estimate().isPresent())
                || session.stations().stream()
                        .anyMatch(station -> station.bearing().isPresent());
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

    private LocatedSession located(SessionEvidence session, Optional<Location> levels, StationCorrections corrections) {
        List<TimeDifference> raw = session.pairs().stream()
                .flatMap(pair -> pair.difference().stream())
                .toList();
        List<TimeDifference> delays = raw.stream().map(corrections::corrected).toList();
        List<SiteBearing> heard = new ArrayList<>();
        List<OptionalDouble> mirrored = new ArrayList<>();
        for (StationUse station : session.stations()) {
            station.bearing().ifPresent(bearing -> {
                heard.add(new SiteBearing(station.site(), bearing.degrees(), bearing.sigmaDegrees()));
                mirrored.add(bearing.mirroredDegrees());
            });
        }
        List<SiteBearing> bearings = heard.stream().map(corrections::corrected).toList();
        List<Site> sites = sites(session, delays, bearings);
        GroundPoint middle = middle(sites);
        double within = options.withinM().orElse(within(sites, middle, levels));
        GroundPosterior posterior =
                GroundPosterior.of(middle, within, plane -> evidence(plane, levels, delays, bearings));
        GroundPoint likeliest = posterior.mode();
        List<Double> powers = powers(posterior.plane(), delays);
        List<UsedDelay> usedDelays = IntStream.range(0, delays.size())
                .mapToObj(i -> new UsedDelay(
                        delays.get(i),
                        raw.get(i).seconds() - delays.get(i).seconds(),
                        powers.get(i),
                        delays.get(i)
                                .residualSeconds(likeliest.latitude(), likeliest.longitude(), options.propagation())))
                .toList();
        List<UsedBearing> usedBearings = IntStream.range(0, bearings.size())
                .mapToObj(i -> new UsedBearing(
                        bearings.get(i),
                        mirrored.get(i),
                        heard.get(i).degrees() - bearings.get(i).degrees(),
                        bearings.get(i).residualDegrees(likeliest.latitude(), likeliest.longitude())))
                .toList();
        Optional<Closure> closure =
                Closure.of(session.pairs()).stream().max(Comparator.comparingDouble(Closure::sigmas));
        return new LocatedSession(
                session.session(),
                levels,
                session.stations(),
                session.pairs(),
                usedDelays,
                usedBearings,
                options.propagation(),
                closure,
                within,
                posterior,
                LocationWarnings.of(posterior, levels.isPresent(), usedDelays, usedBearings, closure, within));
    }

    private List<Double> powers(LocalPlane plane, List<TimeDifference> delays) {
        return delays.isEmpty()
                ? List.of()
                : DelayEvidence.of(plane, delays, options.propagation(), options.delayOutliers())
                        .powers();
    }

    /** The mixture of a model is a posterior, whose prior is the training's; without one all places are alike before. */
    private List<WeightedEvidence> evidence(
            LocalPlane plane, Optional<Location> levels, List<TimeDifference> delays, List<SiteBearing> bearings) {
        List<WeightedEvidence> evidence = new ArrayList<>();
        evidence.add(WeightedEvidence.of(
                levels.isPresent()
                        ? DistributionEvidence.of(levels.get().densityOn(plane))
                        : new UniformOnGround(plane)));
        if (!delays.isEmpty()) {
            evidence.add(WeightedEvidence.of(
                    DelayEvidence.of(plane, delays, options.propagation(), options.delayOutliers())));
        }
        if (!bearings.isEmpty()) {
            int others = levels.isPresent() ? BearingEvidence.TO_FIX_A_PLACE : independent(delays);
            evidence.add(WeightedEvidence.of(BearingEvidence.of(
                    plane, bearings, options.bearingOutliers(), Math.max(0, BearingEvidence.TO_FIX_A_PLACE - others))));
        }
        return evidence;
    }

    /** Returns how many of the delays, none or one a pair of stations, do not follow from others. */
    private static int independent(List<TimeDifference> delays) {
        return (int) delays.stream()
                        .flatMap(delay -> Stream.of(delay.first(), delay.second()))
                        .distinct()
                        .count()
                - (delays.isEmpty() ? 0 : 1);
    }

    /** Returns the stations that tell something, or all where a model does. */
    private static List<Site> sites(SessionEvidence session, List<TimeDifference> delays, List<SiteBearing> bearings) {
        List<Site> sites = Stream.concat(
                        delays.stream().flatMap(delay -> Stream.of(delay.first(), delay.second())),
                        bearings.stream().map(SiteBearing::site))
                .toList();
        return sites.isEmpty()
                ? session.stations().stream().map(StationUse::site).toList()
                : sites;
    }

    private static double within(List<Site> sites, GroundPoint middle, Optional<Location> levels) {
        double longest = 0;
        for (Site one : sites) {
            for (Site other : sites) {
                longest = Math.max(longest, one.distanceM(other.latitude(), other.longitude()));
            }
        }
        double reach = Math.max(LEAST_WITHIN_M, BASELINES * longest);
        if (levels.isPresent()) {
            Covariance spread = levels.get().density().covariance();
            double away = new Site("middle", middle.latitude(), middle.longitude())
                    .distanceM(levels.get().latitude(), levels.get().longitude());
            reach = Math.max(reach, away + SPREADS * Math.hypot(spread.sigmaEast(), spread.sigmaNorth()));
        }
        return Math.min(LocationOptions.MOST_WITHIN_M, reach);
    }

    /** Returns the mean of the stations in the plane of the first: the antimeridian may lie between them. */
    private static GroundPoint middle(List<Site> sites) {
        Site first = sites.get(0);
        LocalPlane plane = new LocalPlane(Math.max(-89, Math.min(89, first.latitude())), first.longitude());
        double east = sites.stream()
                .mapToDouble(site -> plane.east(site.longitude()))
                .average()
                .orElseThrow();
        double latitude = sites.stream().mapToDouble(Site::latitude).average().orElseThrow();
        return GroundPoint.nearest(latitude, plane.longitudeOf(east));
    }
}
