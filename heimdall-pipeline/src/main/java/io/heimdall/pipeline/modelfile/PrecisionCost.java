package io.heimdall.pipeline.modelfile;

import io.heimdall.export.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model file of another precision beside the one of 32-bit floating point, on the same sessions.
 *
 * @param precision of the file
 * @param samples that both have located, one per session as a rule
 * @param before of the file in 32-bit floating point
 * @param after of the smaller file
 */
public record PrecisionCost(Precision precision, int samples, FileQuality before, FileQuality after) {
    /** The most that the median error may grow, as a part of itself. */
    public static final double MOST_ERROR = 0.01;

    /** The most that the part of true places in a region may move, one percentage point. */
    public static final double MOST_COVERAGE = 0.01;

    /** Of differences of numbers in binary. */
    private static final double ROUNDING = 1e-9;

    /** Returns how much the median error grows, as a part of itself; below 0 where it shrinks. */
    public double errorGrowth() {
        return after.errorM() / before.errorM() - 1;
    }

    /** Returns how far the part of true places in a region moves, that of the region which moves most; 0..1. */
    public double coverageMove() {
        return moves().stream().mapToDouble(Math::abs).max().orElseThrow();
    }

    /** Returns the same of a file that has become another size since the comparison. */
    public PrecisionCost withBytes(long bytes) {
        return new PrecisionCost(
                precision,
                samples,
                before,
                new FileQuality(bytes, after.milliseconds(), after.errorM(), after.coverage()));
    }

    private List<Double> moves() {
        return IntStream.range(0, FileQuality.REGIONS.size())
                .mapToObj(i -> after.parts().get(i) - before.parts().get(i))
                .toList();
    }

    /** Returns whether the smaller file is good enough to be used in the place of the other. */
    public boolean isAcceptable() {
        return errorGrowth() <= MOST_ERROR + ROUNDING && coverageMove() <= MOST_COVERAGE + ROUNDING;
    }

    /** Returns what the precision costs and brings, in words. */
    public String text() {
        String regions = IntStream.range(0, FileQuality.REGIONS.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%d %%: %.1f to %.1f",
                        FileQuality.REGIONS.get(i),
                        100 * before.parts().get(i),
                        100 * after.parts().get(i)))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%.2f MB (float32: %.2f MB), %.2f ms a sample (float32: %.2f ms); on %d validation samples median error"
                        + " %.1f m (float32: %.1f m, %+.2f %%), coverage in percent of the regions of %s",
                after.bytes() / 1e6,
                before.bytes() / 1e6,
                after.milliseconds(),
                before.milliseconds(),
                samples,
                after.errorM(),
                before.errorM(),
                100 * errorGrowth(),
                regions);
    }

    /** Returns why the file is not acceptable. */
    String refusal() {
        String one = samples < 1 / MOST_COVERAGE
                ? String.format(
                        Locale.ROOT,
                        " (one sample is %.1f points here: with %.0f validation samples or more the comparison is"
                                + " finer)",
                        100.0 / samples,
                        1 / MOST_COVERAGE)
                : "";
        return String.format(
                Locale.ROOT,
                "%s was not written: allowed are %.0f %% more median error and %.0f point of coverage, and it has %s%s",
                precision,
                100 * MOST_ERROR,
                100 * MOST_COVERAGE,
                text(),
                one);
    }

    /** Returns the fields of the JSON. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("precision", precision.text());
        json.put("samples", samples);
        json.putAll(after.json());
        json.put("error_growth", errorGrowth());
        json.put("coverage_move", coverageMove());
        json.put("float32", before.json());
        return json;
    }
}
