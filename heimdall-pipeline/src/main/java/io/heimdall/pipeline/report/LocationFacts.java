package io.heimdall.pipeline.report;

import io.heimdall.dataset.Station;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.output.Covariance;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.UsedBearing;
import io.heimdall.pipeline.location.UsedDelay;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** What a {@link LocationPage} says of a session beside its map, by name. */
final class LocationFacts {
    private LocationFacts() {}

    /** Returns the facts of a session that was located by levels alone. */
    static Map<String, String> of(Estimate estimate) {
        GroundDensity density = estimate.density();
        Map<String, String> facts = facts(density.mean(), density.median(), density.covariance(), density::areaKm2);
        facts.put("heard by", estimate.heard().stream().map(Station::name).collect(Collectors.joining(", ")));
        return facts;
    }

    /** Returns the facts of a session that was located by delays, bearings and perhaps levels. */
    static Map<String, String> of(LocatedSession session) {
        GroundPosterior posterior = session.posterior();
        Map<String, String> facts =
                facts(posterior.mean(), posterior.median(), posterior.covariance(), posterior::areaKm2);
        for (UsedDelay delay : session.delays()) {
            facts.put(
                    "delay " + delay.difference().first().name() + " over "
                            + delay.difference().second().name(),
                    text(
                            "%+.2f us +- %.2f us, %.1f sigma from the answer",
                            1e6 * delay.difference().seconds(),
                            1e6 * delay.difference().sigmaSeconds(),
                            Math.abs(delay.residualSigmas())));
        }
        for (UsedBearing bearing : session.bearings()) {
            facts.put(
                    "bearing " + bearing.bearing().site().name(),
                    text(
                            "%.1f +- %.1f degrees, %+.1f from the answer",
                            (bearing.bearing().degrees() % 360 + 360) % 360,
                            bearing.bearing().sigmaDegrees(),
                            bearing.residualDegrees()));
        }
        for (int i = 0; i < session.warnings().size(); i++) {
            facts.put(text("warning %d", i + 1), session.warnings().get(i));
        }
        return facts;
    }

    private static Map<String, String> facts(
            GroundPoint mean, GroundPoint median, Covariance covariance, DoubleUnaryOperator areaKm2) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("position", text("%.5f, %.5f", mean.latitude(), mean.longitude()));
        facts.put("median", text("%.5f, %.5f", median.latitude(), median.longitude()));
        facts.put(
                "one sigma",
                Kilometres.text(covariance.sigmaEast()) + " km east, " + Kilometres.text(covariance.sigmaNorth())
                        + " km north");
        for (double level : GroundDensity.LEVELS) {
            facts.put(text("%.0f %% region", 100 * level), text("%.4g km2", areaKm2.applyAsDouble(level)));
        }
        return facts;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
