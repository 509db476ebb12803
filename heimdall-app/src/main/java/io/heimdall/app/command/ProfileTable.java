package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingProfile;
import io.heimdall.pipeline.training.TrainingProfile.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time of a training's epochs went, as the user reads it. */
final class ProfileTable {
    /** A part of all time that is worth a word. */
    private static final double MUCH = 0.2;

    private ProfileTable() {}

    static List<String> lines(TrainingProfile profile) {
        List<String> lines = new ArrayList<>();
        Map<Part, Duration> times = profile.times();
        double all = seconds(times.values().stream().reduce(Duration.ZERO, Duration::plus));
        lines.add(String.format(
                Locale.ROOT, "%-22s %10s %8s %12s", "Time of the epochs", "seconds", "share", "ms per step"));
        times.forEach((part, time) -> lines.add(row(part, seconds(time), all, profile.steps())));
        if (seconds(times.get(Part.WAITING)) > MUCH * all) {
            lines.add("Steps wait for their batches: give more --threads, or look at the disk of the feature cache.");
        }
        return lines;
    }

    private static String row(Part part, double seconds, double all, long steps) {
        String each =
                part == Part.VALIDATION || steps == 0 ? "" : String.format(Locale.ROOT, "%.2f", 1e3 * seconds / steps);
        return String.format(
                Locale.ROOT,
                "%-22s %10.2f %6.1f %% %12s",
                part.title(),
                seconds,
                100 * seconds / Math.max(1e-9, all),
                each);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
