package io.heimdall.pipeline.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asynchronous successive halving: whoever is free promotes the best trial that is among the best {@code 1 / factor} of a rung, from
 * the highest rung down, and begins a new trial where there is none. Nobody waits for a rung to be full.
 *
 * @param rungs epochs of the rungs, ascending; the last is the whole training
 * @param factor the share of a rung that goes on is {@code 1 / factor}; the paper's eta
 * @see <a href="https://arxiv.org/abs/1810.05934">Li et al., A system for massively parallel hyperparameter tuning, 2020</a>,
 *     algorithm 2
 */
public record Asha(List<Integer> rungs, int factor) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the rungs do not ascend from 1, or the factor is below 2
     */
    public Asha {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty() || rungs.get(0) < 1) {
            throw new IllegalArgumentException("the rungs are " + rungs + "; expected epochs from 1");
        }
        for (int i = 1; i < rungs.size(); i++) {
            if (rungs.get(i) <= rungs.get(i - 1)) {
                throw new IllegalArgumentException("the rungs are " + rungs + ", which do not ascend");
            }
        }
        if (factor < 2) {
            throw new IllegalArgumentException("the factor is " + factor + ", expected 2 or more");
        }
    }

    /** A trial, and the rung that it is to go to, from 0. */
    public record Job(int trial, int rung) {}

    /** Returns the rungs of {@code epochs, epochs / factor, epochs / factor^2}, rounded up, as far as they differ. */
    public static List<Integer> usualRungs(int epochs, int factor) {
        Set<Integer> rungs = new TreeSet<>();
        for (int divided = epochs, k = 0; k < 3; k++, divided = (divided + factor - 1) / factor) {
            rungs.add(divided);
        }
        return List.copyOf(rungs);
    }

    /** Returns what is to be done next; empty if nothing can be until another trial has come to its rung. */
    public Optional<Job> next(List<Trial> trials) {
        for (int rung = rungs.size() - 2; rung >= 0; rung--) {
            List<Trial> reached = ranked(trials, rung);
            for (Trial trial : reached.subList(0, reached.size() / factor)) {
                if (trial.results().size() == rung + 1 && trial.idle()) {
                    return Optional.of(new Job(trial.number(), rung + 1));
                }
            }
        }
        return trials.stream()
                .filter(trial -> trial.results().isEmpty() && trial.idle())
                .findFirst()
                .map(trial -> new Job(trial.number(), 0));
    }

    /**
     * Returns the trials that nothing can promote any more, whatever the others come to: the checkpoints of these are of no use.
     * Metrics stay as they are and ranks only fall, so that one is lost whose rank is beyond the largest number that its rung can
     * promote. The last rung has no promotions; its best trial is kept.
     */
    public List<Trial> lost(List<Trial> trials) {
        List<Trial> lost = new ArrayList<>();
        long possible = trials.stream()
                .filter(trial -> trial.failure().isEmpty() || !trial.results().isEmpty())
                .count();
        for (int rung = 0; rung < rungs.size(); rung++) {
            boolean last = rung == rungs.size() - 1;
            List<Trial> reached = ranked(trials, rung);
            int promoted = last ? 1 : (int) (possible / factor);
            for (Trial trial : reached.subList(Math.min(promoted, reached.size()), reached.size())) {
                if (trial.results().size() == rung + 1 && trial.job().isEmpty()) {
                    lost.add(trial);
                    possible--;
                }
            }
        }
        return lost.stream().filter(trial -> !trial.dropped()).toList();
    }

    /** Returns the trials that have reached a rung, the best first. */
    private static List<Trial> ranked(List<Trial> trials, int rung) {
        return trials.stream()
                .filter(trial -> trial.results().size() > rung)
                .sorted(Comparator.<Trial>comparingDouble(
                                trial -> trial.results().get(rung).metric())
                        .thenComparingInt(Trial::number))
                .toList();
    }

    /** Returns the trial with the lowest metric, of equal ones the first; empty before any has reached a rung. */
    public static Optional<Trial> best(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.metric().isPresent() && trial.failure().isEmpty())
                .min(Comparator.<Trial>comparingDouble(trial -> trial.metric().getAsDouble())
                        .thenComparingInt(Trial::number));
    }

    /** Returns about how many epochs a sweep of so many trials trains, all in all. */
    double expectedEpochs(int trials) {
        double epochs = 0;
        double left = trials;
        for (int rung = 0; rung < rungs.size(); rung++) {
            epochs += Math.floor(left) * (rungs.get(rung) - (rung == 0 ? 0 : rungs.get(rung - 1)));
            left /= factor;
        }
        return epochs;
    }
}
