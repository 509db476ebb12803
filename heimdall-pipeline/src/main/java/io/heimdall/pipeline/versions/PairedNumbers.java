package io.heimdall.pipeline.versions;

import io.heimdall.model.metrics.GroupBootstrap;
import io.heimdall.model.metrics.GroupBootstrap.Statistic;
import io.heimdall.model.metrics.Interval;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.evaluation.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes numbers of two models on some sessions, and how sure their differences are, by resampling the sessions' groups. */
final class PairedNumbers {
    private static final long SEED = 1;

    private PairedNumbers() {}

    /**
     * Returns the numbers.
     *
     * @param sessions at least one
     */
    static List<ComparedNumber> of(List<ComparedSession> sessions, List<Quantity> quantities) {
        int[] groups = groups(sessions);
        int count = Arrays.stream(groups).max().orElseThrow() + 1;
        List<Answer> first = sessions.stream().map(ComparedSession::first).toList();
        List<Answer> second = sessions.stream().map(ComparedSession::second).toList();
        List<Statistic> statistics = new ArrayList<>();
        quantities.forEach(quantity -> {
            statistics.add(quantity.of(first, groups));
            statistics.add(quantity.of(second, groups));
        });
        double[][] replicates = count < 2 ? new double[0][] : new GroupBootstrap(count, SEED).replicates(statistics);
        int[] once = new int[count];
        Arrays.fill(once, 1);
        List<ComparedNumber> numbers = new ArrayList<>();
        for (int i = 0; i < quantities.size(); i++) {
            Quantity quantity = quantities.get(i);
            double[] ofFirst = count < 2 ? new double[0] : replicates[2 * i];
            double[] ofSecond = count < 2 ? new double[0] : replicates[2 * i + 1];
            numbers.add(new ComparedNumber(
                    quantity,
                    statistics.get(2 * i).of(once),
                    statistics.get(2 * i + 1).of(once),
                    count < 2 ? Optional.empty() : Optional.of(Interval.ofReplicates(less(ofSecond, ofFirst))),
                    count < 2 || !quantity.isLowerBetter()
                            ? Optional.empty()
                            : Optional.of(Comparison.shareBelow(ofSecond, ofFirst))));
        }
        return numbers;
    }

    /** Numbers the groups of these sessions without gaps. */
    private static int[] groups(List<ComparedSession> sessions) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        return sessions.stream()
                .mapToInt(session -> numbers.computeIfAbsent(session.group(), group -> numbers.size()))
                .toArray();
    }

    private static double[] less(double[] minuend, double[] subtrahend) {
        double[] differences = new double[minuend.length];
        for (int i = 0; i < differences.length; i++) {
            // Two posteriors that rule the truth out are alike.
            differences[i] = minuend[i] == subtrahend[i] ? 0 : minuend[i] - subtrahend[i];
        }
        return differences;
    }
}
