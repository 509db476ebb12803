package io.heimdall.pipeline.location;

import io.heimdall.export.Location;
import io.heimdall.localization.evidence.BearingEvidence;
import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.DistributionEvidence;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import io.heimdall.localization.evidence.UniformOnGround;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.posterior.WeightedEvidence;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All evidence of one session, corrected: what a posterior multiplies.
 *
 * @param options how sessions are located
 * @param session what the stations tell
 * @param levels what a model says of the levels, where one was asked and it took them; otherwise all places are alike before
 * @param delays corrected, in the order of the session's pairs that have one
 * @param bearings corrected, in the order of the session's stations that have one
 */
record EvidenceProduct(
        LocationOptions options,
        SessionEvidence session,
        Optional<Location> levels,
        List<TimeDifference> delays,
        List<SiteBearing> bearings) {
    private static final double LEAST_WITHIN_M = 200_000;
    private static final double BASELINES = 1.5;

    private static final double SPREADS = 5;

    static EvidenceProduct of(
            LocationOptions options,
            SessionEvidence session,
            Optional<Location> levels,
            StationCorrections corrections) {
        return new EvidenceProduct(
                options,
                session,
                levels,
                session.differences().stream().map(corrections::corrected).toList(),
                session.bearings().stream().map(corrections::corrected).toList());
    }

    /** Multiplies, each kind to the power of its exponent. */
    LocatedSession located(EvidenceExponents exponents) {
        List<Site> sites = sites();
        GroundPoint middle = middle(sites);
        double within = options.withinM().orElse(within(sites, middle));
        GroundPosterior posterior = GroundPosterior.of(middle, within, plane -> weighted(plane, exponents));
        GroundPoint likeliest = posterior.mode();
        List<UsedDelay> usedDelays = usedDelays(posterior.plane(), likeliest);
        List<UsedBearing> usedBearings = usedBearings(likeliest);
        Optional<Closure> closure =
                Closure.of(session.pairs()).stream().max(Comparator.comparingDouble(Closure::sigmas));
        return new LocatedSession(
                session.session(),
                levels,
                session.stations(),
                session.pairs(),
                usedDelays,
                usedBearings,
                exponents,
                options.propagation(),
                closure,
                within,
                posterior,
                LocationWarnings.of(posterior, levels.isPresent(), usedDelays, usedBearings, closure, within));
    }

    private List<UsedDelay> usedDelays(LocalPlane plane, GroundPoint likeliest) {
        List<TimeDifference> raw = session.differences();
        List<Double> powers = powers(plane);
        return IntStream.range(0, delays.size())
                .mapToObj(i -> new UsedDelay(
                        delays.get(i),
                        raw.get(i).seconds() - delays.get(i).seconds(),
                        powers.get(i),
                        delays.get(i)
                                .residualSeconds(likeliest.latitude(), likeliest.longitude(), options.propagation())))
                .toList();
    }

    private List<UsedBearing> usedBearings(GroundPoint likeliest) {
        List<SiteBearing> heard = session.bearings();
        List<OptionalDouble> mirrored = session.mirroredBearings();
        return IntStream.range(0, bearings.size())
                .mapToObj(i -> new UsedBearing(
                        bearings.get(i),
                        mirrored.get(i),
                        heard.get(i).degrees() - bearings.get(i).degrees(),
                        bearings.get(i).residualDegrees(likeliest.latitude(), likeliest.longitude())))
                .toList();
    }

    private List<Double> powers(LocalPlane plane) {
        return delays.isEmpty()
                ? List.of()
                : DelayEvidence.of(plane, delays, options.propagation(), options.delayOutliers())
                        .powers();
    }

    private List<WeightedEvidence> weighted(LocalPlane plane, EvidenceExponents exponents) {
        List<WeightedEvidence> weighted = new ArrayList<>();
        prior(plane).ifPresent(one -> weighted.add(WeightedEvidence.of(one)));
        evidence(plane).forEach((kind, one) -> weighted.add(new WeightedEvidence(one, exponents.of(kind))));
        return weighted;
    }

    /**
     * Returns what is multiplied besides all evidence. The mixture of a model is a posterior, whose prior is the training's; without one
     * all places are alike before.
     */
    Optional<Evidence> prior(LocalPlane plane) {
        return levels.isEmpty() ? Optional.of(new UniformOnGround(plane)) : Optional.empty();
    }

    /** Returns each kind of evidence that there is, in the order of the kinds. */
    Map<EvidenceKind, Evidence> evidence(LocalPlane plane) {
        Map<EvidenceKind, Evidence> evidence = new EnumMap<>(EvidenceKind.class);
        levels.ifPresent(
                location -> evidence.put(EvidenceKind.LEVELS, DistributionEvidence.of(location.densityOn(plane))));
        if (!delays.isEmpty()) {
            evidence.put(
                    EvidenceKind.DELAYS,
                    DelayEvidence.of(plane, delays, options.propagation(), options.delayOutliers()));
        }
        if (!bearings.isEmpty()) {
            int others = levels.isPresent() ? BearingEvidence.TO_FIX_A_PLACE : independent(delays);
            evidence.put(
                    EvidenceKind.BEARINGS,
                    BearingEvidence.of(
                            plane,
                            bearings,
                            options.bearingOutliers(),
                            Math.max(0, BearingEvidence.TO_FIX_A_PLACE - others)));
        }
        return evidence;
    }

    /**
     * Returns the searched square on a plane.
     *
     * @param plane near it
     */
    SearchArea area(LocalPlane plane) {
        List<Site> sites = sites();
        GroundPoint middle = middle(sites);
        return SearchArea.around(
                plane.east(middle.longitude()),
                plane.north(middle.latitude()),
                options.withinM().orElse(within(sites, middle)));
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
    private List<Site> sites() {
        List<Site> sites = Stream.concat(
                        delays.stream().flatMap(delay -> Stream.of(delay.first(), delay.second())),
                        bearings.stream().map(SiteBearing::site))
                .toList();
        return sites.isEmpty()
                ? session.stations().stream().map(StationUse::site).toList()
                : sites;
    }

    private double within(List<Site> sites, GroundPoint middle) {
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
