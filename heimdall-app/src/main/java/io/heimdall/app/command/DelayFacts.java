package io.heimdall.app.command;

import io.heimdall.features.delay.Delay;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.features.delay.DelayEstimator;
import io.heimdall.features.delay.NoDelay;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code heimdall inspect --delay} found out about two recordings.
 *
 * @param first the first recording's name
 * @param second the second's
 * @param searchedKm the largest difference of the paths that was looked at
 * @param delay the result
 */
record DelayFacts(String first, String second, double searchedKm, Delay delay) {

    /** Returns what there is to say, by name. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("first", first);
        facts.put("second", second);
        facts.put("searched", number("%.4g km either way", searchedKm));
        if (delay instanceof DelayEstimate estimate) {
            estimated(estimate, facts);
        } else if (delay instanceof NoDelay none) {
            facts.put("delay", "none: " + none.detail());
        }
        return facts;
    }

    private static void estimated(DelayEstimate estimate, Map<String, String> facts) {
        double seconds = estimate.delaySeconds();
        facts.put(
                "delay",
                number("%+.7g us: ", seconds * 1e6)
                        + (seconds < 0 ? "the second hears it later, " : "the first hears it later, ")
                        + kilometres(Math.abs(seconds)));
        facts.put(
                "one sigma",
                time(estimate.sigmaSeconds()) + ", " + kilometres(estimate.sigmaSeconds()) + " (noise "
                        + time(estimate.noiseSigmaSeconds()) + ", dispersion "
                        + time(estimate.dispersionSigmaSeconds()) + ", clocks "
                        + time(estimate.clockSigmaSeconds()) + ")");
        facts.put("frequency offset", number("%+.4f Hz", estimate.frequencyOffsetHz()));
        facts.put("drift", estimate.driftPpm() == 0 ? "none seen" : number("%+.3g us a second", estimate.driftPpm()));
        facts.put(
                "coherence",
                number("%.3f", estimate.coherence()) + number(" over %.4g Hz (rms)", estimate.rmsBandwidthHz()));
        facts.put("second peak", number("%.2f of the peak", estimate.secondPeakRatio()));
        facts.put(
                "common time",
                number("%.4g s around ", estimate.commonSeconds())
                        + estimate.time().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Returns what there is to say to a program; null is unknown. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recordings", List.of(first, second));
        json.put("searched_km", searchedKm);
        DelayEstimate found = delay instanceof DelayEstimate estimate ? estimate : null;
        json.put("delay_s", found == null ? null : found.delaySeconds());
        if (found != null) {
            json.put("sigma_s", found.sigmaSeconds());
            json.put("noise_sigma_s", found.noiseSigmaSeconds());
            json.put("dispersion_sigma_s", found.dispersionSigmaSeconds());
            json.put("clock_sigma_s", found.clockSigmaSeconds());
            json.put("frequency_offset_hz", found.frequencyOffsetHz());
            json.put("drift_ppm", found.driftPpm());
            json.put("coherence", found.coherence());
            json.put("rms_bandwidth_hz", found.rmsBandwidthHz());
            json.put("second_peak_ratio", found.secondPeakRatio());
            json.put("time", found.time().toString());
            json.put("common_s", found.commonSeconds());
        } else if (delay instanceof NoDelay none) {
            json.put("reason", none.reason().name().toLowerCase(Locale.ROOT));
            json.put("detail", none.detail());
        }
        return json;
    }

    private static String time(double seconds) {
        if (seconds == 0) {
            return "none seen";
        }
        return seconds >= 0.1
                ? number("%.3g s", seconds)
                : seconds >= 1e-3
                        ? number("%.3g ms", seconds * 1e3)
                        : seconds >= 1e-6 ? number("%.3g us", seconds * 1e6) : number("%.3g ns", seconds * 1e9);
    }

    private static String kilometres(double seconds) {
        double metres = seconds * DelayEstimator.SPEED_OF_LIGHT;
        return metres < 1000 ? number("%.3g m", metres) : number("%.4g km", metres / 1000);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
