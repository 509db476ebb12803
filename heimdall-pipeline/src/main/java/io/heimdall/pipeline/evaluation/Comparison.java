package io.heimdall.pipeline.evaluation;

import io.heimdall.model.metrics.GroupBootstrap;
import io.heimdall.model.metrics.GroupBootstrap.Statistic;
import io.heimdall.model.metrics.GroupedValues;
import io.heimdall.model.metrics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The uncertainty of an evaluation's numbers: their 90 % intervals, and the probability that the network is better
 * than a rival.
 *
 * <p>All come from one bootstrap over the groups that the split keeps together, so that every method is evaluated on
 * the same resamples. The better method has the smaller root mean square error. With fewer than two groups there are
 * no intervals.
 */
public final class Comparison {
    private static final long SEED = 1;
    private static final String RMSE = "rmse";

    private final int groups;
    private final Map<String, Map<String, Interval>> intervals = new LinkedHashMap<>();
    private final Map<String, Double> betterThan = new LinkedHashMap<>();

    /**
     * Draws the resamples.
     *
     * @param network that is judged
     * @param rivals beside it, of other ids
     */
    Comparison(MethodResult network, List<MethodResult> rivals) {
        List<MethodResult> methods = new ArrayList<>(List.of(network));
        methods.addAll(rivals);
        for (MethodResult method : methods) {
            if (intervals.put(method.id(), Map.of()) != null) {
                throw new IllegalArgumentException("two methods are called '" + method.id() + "'");
            }
        }
        groups = 1
                + methods.stream()
                        .flatMap(method -> method.groups().stream())
                        .mapToInt(group -> group)
                        .max()
                        .orElseThrow();
        if (groups > 1) {
            draw(methods);
        }
    }

    private void draw(List<MethodResult> methods) {
        List<Map<String, Statistic>> wanted =
                methods.stream().map(Comparison::statistics).toList();
        double[][] replicates = new GroupBootstrap(groups, SEED)
                .replicates(wanted.stream().flatMap(w -> w.values().stream()).toList());
        double[] networkErrors = null;
        int row = 0;
        for (int i = 0; i < methods.size(); i++) {
            Map<String, Interval> own = new LinkedHashMap<>();
            for (String name : wanted.get(i).keySet()) {
                double[] found = replicates[row++];
                own.put(name, Interval.ofReplicates(found));
                if (name.equals(RMSE) && i == 0) {
                    networkErrors = found;
                } else if (name.equals(RMSE)) {
                    betterThan.put(methods.get(i).id(), shareBelow(networkErrors, found));
                }
            }
            intervals.put(methods.get(i).id(), own);
        }
    }

    /** The numbers that an interval is wanted of, by their keys in the JSON. */
    private static Map<String, Statistic> statistics(MethodResult method) {
        int[] groupOf = method.groupNumbers();
        GroupedValues distances = GroupedValues.of(method.distances(), groupOf);
        Map<String, Statistic> wanted = new LinkedHashMap<>();
        wanted.put("p50", distances.quantile(0.50));
        wanted.put("p68", distances.quantile(0.68));
        wanted.put("p90", distances.quantile(0.90));
        wanted.put("p95", distances.quantile(0.95));
        wanted.put(RMSE, distances.rootMeanSquare());
        List<Belief> beliefs = method.beliefs();
        if (!beliefs.isEmpty()) {
            double[] nats = beliefs.stream().mapToDouble(b -> -b.logDensity()).toArray();
            wanted.put("nll_density", GroupedValues.of(nats, groupOf).mean());
            for (double level : Belief.LEVELS) {
                double[] inside = beliefs.stream()
                        .mapToDouble(b -> b.credibleLevel() <= level ? 1 : 0)
                        .toArray();
                wanted.put(
                        "coverage_" + Belief.percent(level),
                        GroupedValues.of(inside, groupOf).mean());
            }
        }
        return wanted;
    }

    /** Returns the share of pairs in which the first is smaller; of equal ones half. */
    public static double shareBelow(double[] first, double[] second) {
        double below = 0;
        for (int i = 0; i < first.length; i++) {
            below += first[i] < second[i] ? 1 : first[i] == second[i] ? 0.5 : 0;
        }
        return below / first.length;
    }

    /** Returns the number of groups that are drawn from. */
    public int groups() {
        return groups;
    }

    /**
     * Returns the 90 % interval of a number; empty if there are fewer than two groups.
     *
     * @param method its id
     * @param number its key in the JSON: {@code p50}, {@code nll_density}, {@code coverage_68}
     */
    public Optional<Interval> interval(String method, String number) {
        return Optional.ofNullable(intervals.getOrDefault(method, Map.of()).get(number));
    }

    /**
     * Returns the probability that the network is better than a rival, the share of resamples in which its root mean square error
     * is smaller; empty if there are fewer than two groups.
     */
    public OptionalDouble betterThan(String rival) {
        Double share = betterThan.get(rival);
        return share == null ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    /** Returns a mean negative log density as people read it; one without an end where a posterior rules the true place out. */
    public static String nats(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.2f", number) : "inf";
    }

    /** Returns a share of resamples as people read it; none that is near to 0 or 1 is called certain. */
    public static String percent(double share) {
        if (share > 0.995) {
            return ">99 %";
        }
        return share < 0.005 ? "<1 %" : Math.round(100 * share) + " %";
    }
}
