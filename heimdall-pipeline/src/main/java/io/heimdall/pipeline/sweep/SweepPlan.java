package io.heimdall.pipeline.sweep;

import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a sweep is to do.
 *
 * @param base settings that all trials share; their epochs are the last rung
 * @param space that is varied
 * @param choice of the points
 * @param seed of the choice
 * @param asha decides which trials go on
 * @param folds of the last training, with the best settings
 */
public record SweepPlan(TrainingSettings base, Space space, Choice choice, long seed, Asha asha, int folds) {
    /**
     * Settings that decide on which sessions the trials are compared, how long they train, or where the model goes: all trials
     * share them.
     */
    private static final List<String> SHARED = List.of(
            "epochs",
            "max_minutes",
            "folds",
            "layout",
            "split_by",
            "seed",
            "split_seed",
            "threads",
            "model_name",
            "experiment");

    /**
     * Checks what can be known of any trial.
     *
     * @throws IllegalArgumentException if the last rung is not the base's epochs, or the base trains folds
     */
    public SweepPlan {
        int last = asha.rungs().get(asha.rungs().size() - 1);
        if (last != base.plan().epochs()) {
            throw new IllegalArgumentException(
                    "the last rung is " + last + ", expected the epochs of a whole training, "
                            + base.plan().epochs());
        }
        if (base.data().folds().isPresent()) {
            throw new IllegalArgumentException("a trial trains one network, so 'folds' is no setting of a sweep's base;"
                    + " 'final: {folds: N}' says how the best is trained");
        }
    }

    /** Returns the names of the settings that a space may have. */
    public static List<String> variable(List<String> names, List<String> ofFilter) {
        return names.stream()
                .filter(name -> !SHARED.contains(name) && !ofFilter.contains(name))
                .toList();
    }

    /**
     * Returns the first trials, all of them with settings that can be used together.
     *
     * @throws IllegalArgumentException naming the trial and its values if they cannot
     */
    public List<Trial> proposals(int trials) {
        List<Map<String, Object>> proposals = space.proposals(choice, seed, trials);
        for (int i = 0; i < proposals.size(); i++) {
            try {
                SettingsCheck.of(settings(proposals.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "trial " + (i + 1) + " would have " + proposals.get(i) + ": " + e.getMessage(), e);
            }
        }
        return IntStream.range(0, proposals.size())
                .mapToObj(i -> Trial.proposed(i + 1, proposals.get(i)))
                .toList();
    }

    /** Returns the settings of a trial with these values. */
    public TrainingSettings settings(Map<String, Object> values) {
        return TrainingFields.table().asked(values, base, base);
    }

    /** Returns the settings of the last training, with these values. */
    public TrainingSettings finalSettings(Map<String, Object> values) {
        TrainingSettings best = settings(values);
        return best.withData(best.data().withFolds(folds));
    }

    /** Returns the settings of the last training, on threads of which there are so many; empty for those of the settings. */
    TrainingSettings finalSettings(Map<String, Object> values, Optional<Integer> threads) {
        TrainingSettings best = finalSettings(values);
        return threads.map(number -> best.withData(best.data().withThreads(number)))
                .orElse(best);
    }

    /**
     * Returns the state of a trial as a word: {@code complete}, {@code stopped}, {@code failed}, {@code interrupted} or {@code
     * waiting}.
     */
    public String state(Trial trial) {
        if (trial.failure().isPresent()) {
            return "failed";
        }
        if (trial.results().isEmpty()) {
            return trial.job().isPresent() ? "interrupted" : "waiting";
        }
        return trial.results().size() == asha.rungs().size() ? "complete" : "stopped";
    }

    /** Returns whether no trial is worked on, and none can go on. */
    public boolean isDone(List<Trial> trials) {
        return trials.stream().noneMatch(trial -> trial.job().isPresent())
                && asha.next(trials).isEmpty();
    }

    /**
     * Returns about how long the trials take from now, by the time of an epoch so far; empty before there is any.
     *
     * @param processes that work on them
     */
    public Optional<Duration> timeLeft(List<Trial> trials, int processes) {
        double epochs = trials.stream().mapToInt(Trial::epochs).sum();
        Duration took = trials.stream()
                .flatMap(trial -> trial.results().stream())
                .map(Trial.Result::took)
                .reduce(Duration.ZERO, Duration::plus);
        if (epochs == 0 || took.isZero()) {
            return Optional.empty();
        }
        double left = Math.max(0, asha.expectedEpochs(trials.size()) - epochs);
        return Optional.of(Duration.ofNanos((long) (took.toNanos() / epochs * left / processes)));
    }

    /** Returns what is known of a sweep before any of its trials has begun, without a run above them. */
    public SweepState begun(List<Trial> trials) {
        return new SweepState(JournalJson.text(definition()), "", trials, Optional.empty());
    }

    /**
     * Returns whether a definition is the one of this plan. Its threads are left out: they are by default those of the machine that was
     * asked.
     *
     * @param definition of {@link SweepState}
     */
    public boolean isDefinedBy(String definition) {
        return JournalJson.sameButThreads(definition, JournalJson.text(definition()));
    }

    /** Returns what makes two sweeps the same; how many trials they have is beside that. */
    Map<String, Object> definition() {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("space", space.text());
        definition.put("choice", choice.word());
        definition.put("seed", seed);
        definition.put("rungs", asha.rungs());
        definition.put("factor", asha.factor());
        definition.put("folds", folds);
        definition.put("base", TrainingFields.table().json(base));
        return definition;
    }
}
