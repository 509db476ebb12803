package io.heimdall.pipeline.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rule by which a candidate is not worse than the present champion: neither its error nor its density is worse by more than a
 * margin, or shown to be worse at all.
 *
 * @param errorMargin share by which the RMS error may be larger
 * @param nllMargin nats by which the mean negative log density may be larger
 * @param fewestGroups of sessions, below which nothing can be told
 */
public record PromotionRule(double errorMargin, double nllMargin, int fewestGroups) {
    /** The rule of {@code heimdall promote}. */
    public static final PromotionRule USUAL = new PromotionRule(0.05, 0.1, 5);

    /**
     * What a comparison says by the rule.
     *
     * @param notWorse whether the candidate is not worse
     * @param reasons one line for each condition, with its numbers
     */
    public record Verdict(boolean notWorse, List<String> reasons) {
        /** Copies the list. */
        public Verdict {
            reasons = List.copyOf(reasons);
        }
    }

    /** Returns the rule in words. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "on %d or more groups of sessions that neither learned from, RMS error at most %.0f %% larger and NLL at most"
                        + " %.1f nats larger, and the 90 %% interval of neither difference wholly above 0",
                fewestGroups,
                100 * errorMargin,
                nllMargin);
    }

    /**
     * Judges a candidate.
     *
     * @param comparison of the champion, first, and the candidate, second
     */
    public Verdict judge(ModelComparison comparison) {
        List<String> reasons = new ArrayList<>();
        boolean enough = comparison.groups() >= fewestGroups;
        reasons.add(line(enough, comparison.groups() + " groups of sessions, at least " + fewestGroups + " needed"));
        ComparedNumber error = comparison.number(Quantity.ERROR_RMS);
        boolean nearEnough = error.second() <= error.first() * (1 + errorMargin) && notShownLarger(error);
        reasons.add(line(nearEnough, reason(error)));
        ComparedNumber nll = comparison.number(Quantity.NLL);
        boolean denseEnough =
                (nll.second() == nll.first() || nll.second() <= nll.first() + nllMargin) && notShownLarger(nll);
        reasons.add(line(denseEnough, reason(nll)));
        return new Verdict(enough && nearEnough && denseEnough, reasons);
    }

    /** A difference that is not a number is of two densities that rule a truth out: then the margin alone decides. */
    private static boolean notShownLarger(ComparedNumber number) {
        return number.difference().map(ends -> !(ends.low() > 0)).orElse(true);
    }

    private static String line(boolean holds, String reason) {
        return (holds ? "holds:    " : "violated: ") + reason;
    }

    private static String reason(ComparedNumber number) {
        Quantity quantity = number.quantity();
        return quantity.title() + " " + quantity.text(number.first()) + " before, " + quantity.text(number.second())
                + " after"
                + number.difference()
                        .map(ends -> ", difference " + quantity.text(ends.low()) + " to " + quantity.text(ends.high()))
                        .orElse("");
    }
}
