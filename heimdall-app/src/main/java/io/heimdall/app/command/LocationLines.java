package io.heimdall.app.command;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.features.delay.NoDelay;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.output.Covariance;
import io.heimdall.pipeline.evaluation.LocatedPlaces;
import io.heimdall.pipeline.evaluation.MethodResult;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.Locations;
import io.heimdall.pipeline.location.PairDelay;
import io.heimdall.pipeline.location.StationCorrections;
import io.heimdall.pipeline.location.StationUse;
import io.heimdall.pipeline.location.UsedBearing;
import io.heimdall.pipeline.location.UsedDelay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What people read of sessions that were located without a model. */
final class LocationLines {
    private static final double MICRO = 1e6;

    private final Output output;

    LocationLines(Output output) {
        this.output = output;
    }

    /** Says what the stations are constantly wrong by, where that is known. */
    void corrections(StationCorrections corrections) {
        corrections
                .clockErrors()
                .forEach((station, error) -> say(
                        "Clock of %s: %+.2f us +- %.2f us against the mean of all, by %d known sessions",
                        station, MICRO * error.value(), MICRO * error.sigma(), error.sessions()));
        corrections
                .clearScatters()
                .forEach((station, scatter) -> say(
                        "Arrivals at %s: they scatter by another %.2f us +- %.2f us, by %d known sessions",
                        station, MICRO * scatter.value(), MICRO * scatter.sigma(), scatter.sessions()));
        corrections
                .bearingErrors()
                .forEach((station, error) -> say(
                        "Bearings of %s: %+.1f +- %.1f degrees, by %d known sessions",
                        station, error.value(), error.sigma(), error.sessions()));
    }

    /** Says how near to known sources the answers are. */
    void judged(LocatedPlaces places) {
        for (MethodResult result : places.results()) {
            DistanceUnit unit = DistanceUnit.of(result.error().p50());
            String levels = GroundDensity.LEVELS.stream()
                    .map(level -> String.format(Locale.ROOT, "%.0f", 100 * level))
                    .collect(Collectors.joining("/"));
            String held = GroundDensity.LEVELS.stream()
                    .map(level -> String.format(Locale.ROOT, "%.1f", 100 * result.coverage(level)))
                    .collect(Collectors.joining("/"));
            say(
                    "%s: %d known sources, median error %s %s, regions of %s %% hold %s %%",
                    result.title(),
                    result.answers().size(),
                    unit.text(result.error().p50(), 1),
                    unit.symbol(),
                    levels,
                    held);
        }
    }

    /** Says why a session is not located. */
    void notLocated(Locations.NotLocated session) {
        say("%s  not located: %s", session.sessionId(), session.reason());
        withoutDelay(session.stations(), session.pairs());
    }

    /** Says where a session's transmitter is, and why. */
    void located(LocatedSession session) {
        GroundPosterior posterior = session.posterior();
        GroundPoint mean = posterior.mean();
        GroundPoint median = posterior.median();
        Covariance c = posterior.covariance();
        DistanceUnit unit = DistanceUnit.of(Math.max(c.sigmaEast(), c.sigmaNorth()));
        say(
                "%s  %.5f, %.5f  1 sigma %s %s east, %s %s north (correlation %+.2f)",
                session.session().id(),
                mean.latitude(),
                mean.longitude(),
                unit.text(c.sigmaEast(), 1),
                unit.symbol(),
                unit.text(c.sigmaNorth(), 1),
                unit.symbol(),
                c.correlation());
        say("  median      %.5f, %.5f", median.latitude(), median.longitude());
        List<String> regions = new ArrayList<>();
        for (double level : GroundDensity.LEVELS) {
            regions.add(String.format(
                    Locale.ROOT, "%.0f %% in %s", 100 * level, SquareKilometres.text(posterior.areaKm2(level))));
        }
        say("  regions     %s", String.join(", ", regions));
        session.session().source().ifPresent(source -> truth(source, mean, posterior));
        session.levels()
                .ifPresent(levels ->
                        say("  levels      %.5f, %.5f by the model alone", levels.latitude(), levels.longitude()));
        session.delays().forEach(this::delay);
        session.worstClosure()
                .ifPresent(closure -> say(
                        "  triangle    %s: adds up to %+.2f us, %.1f sigma",
                        String.join(", ", closure.stations()), MICRO * closure.seconds(), closure.sigmas()));
        session.bearings().forEach(this::bearing);
        withoutDelay(session.stations(), session.pairs());
        session.warnings()
                .forEach(warning -> output.note("Warning: " + session.session().id() + ": " + warning));
    }

    private void truth(GeoPoint source, GroundPoint mean, GroundPosterior posterior) {
        double error = source.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude()));
        DistanceUnit unit = DistanceUnit.of(error);
        say(
                "  known place %.5f, %.5f: %s %s away, on the edge of the region of %.0f %%",
                source.latitude(),
                source.longitude(),
                unit.text(error, 1),
                unit.symbol(),
                100 * posterior.credibleLevel(new GroundPoint(source.latitude(), source.longitude())));
    }

    private void delay(UsedDelay delay) {
        say(
                "  delay       %s over %s: %+.2f us +- %.2f us%s, %.1f sigma from the answer",
                delay.difference().first().name(),
                delay.difference().second().name(),
                MICRO * delay.difference().seconds(),
                MICRO * delay.difference().sigmaSeconds(),
                delay.correctionSeconds() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (%+.2f us taken off)", MICRO * delay.correctionSeconds()),
                Math.abs(delay.residualSigmas()));
    }

    private void bearing(UsedBearing bearing) {
        say(
                "  bearing     %s: %.1f +- %.1f degrees%s, %+.1f from the answer",
                bearing.bearing().site().name(),
                (bearing.bearing().degrees() % 360 + 360) % 360,
                bearing.bearing().sigmaDegrees(),
                bearing.correctionDegrees() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (%+.1f taken off)", bearing.correctionDegrees()),
                bearing.residualDegrees());
    }

    private void withoutDelay(List<StationUse> stations, List<PairDelay> pairs) {
        for (PairDelay pair : pairs) {
            if (pair.delay() instanceof NoDelay none) {
                say(
                        "  no delay    %s over %s: %s",
                        pair.first().name(), pair.second().name(), none.detail());
            } else if (pair.delay() instanceof DelayEstimate estimate && estimate.secondPeakRatio() > 0.8) {
                say(
                        "  note        %s over %s: a second peak is %.2f as high as the first",
                        pair.first().name(), pair.second().name(), estimate.secondPeakRatio());
            }
        }
        for (StationUse station : stations) {
            if (station.noDelay().isPresent() && station.bearing().isEmpty()) {
                say(
                        "  no delay    %s: %s",
                        station.site().name(), station.noDelay().get());
            }
        }
    }

    private void say(String format, Object... values) {
        output.say(String.format(Locale.ROOT, format, values));
    }
}
