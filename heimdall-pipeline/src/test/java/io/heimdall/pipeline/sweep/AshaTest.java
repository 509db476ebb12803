package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against algorithm 2 of Li et al., 2020, written down in {@link #definition}. */
class AshaTest {
    private static final Asha ASHA = new Asha(List.of(1, 3, 9), 3);

    private static List<Trial> trials(int number) {
        return new ArrayList<>(IntStream.rangeClosed(1, number)
                .mapToObj(i -> Trial.proposed(i, Map.of()))
                .toList());
    }

    private static Trial reached(Trial trial, double metric) {
        return trial.reached(new Trial.Result(1, metric, Duration.ofSeconds(1), false));
    }

    /** The paper's get_job: from the rung below the top down, the first of the best |rung| / eta that is not promoted yet. */
    private static Optional<Asha.Job> definition(List<Trial> trials) {
        for (int k = ASHA.rungs().size() - 2; k >= 0; k--) {
            int rung = k;
            List<Trial> in = new ArrayList<>(trials.stream()
                    .filter(trial -> trial.results().size() > rung)
                    .toList());
            in.sort((a, b) -> {
                int byMetric = Double.compare(
                        a.results().get(rung).metric(), b.results().get(rung).metric());
                return byMetric != 0 ? byMetric : Integer.compare(a.number(), b.number());
            });
            for (int i = 0; i < in.size() / ASHA.factor(); i++) {
                boolean promoted =
                        in.get(i).results().size() > k + 1 || in.get(i).job().isPresent();
                if (!promoted) {
                    return Optional.of(new Asha.Job(in.get(i).number(), k + 1));
                }
            }
        }
        return trials.stream()
                .filter(trial -> trial.results().isEmpty() && trial.job().isEmpty())
                .map(trial -> new Asha.Job(trial.number(), 0))
                .findFirst();
    }

    @Test
    void promotesTheBestOfARungAsSoonAsItIsAmongTheBestThird() {
        List<Trial> trials = trials(9);
        assertThat(ASHA.next(trials)).contains(new Asha.Job(1, 0));
        trials.set(0, reached(trials.get(0), 2.0));
        trials.set(1, reached(trials.get(1), 1.0));
        assertThat(ASHA.next(trials)).contains(new Asha.Job(3, 0)); // two have no best third
        trials.set(2, reached(trials.get(2), 3.0));
        assertThat(ASHA.next(trials)).contains(new Asha.Job(2, 1));
        trials.set(1, trials.get(1).towards(1));
        assertThat(ASHA.next(trials)).contains(new Asha.Job(4, 0)); // nobody waits for trial 2
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void decidesAsThePaperDoesHoweverManyWork(int workers) {
        Random random = new Random(workers);
        List<Trial> trials = trials(30);
        List<Integer> running = new ArrayList<>();
        Set<Integer> dropped = new HashSet<>();
        while (true) {
            Optional<Asha.Job> next = ASHA.next(trials);
            assertThat(next).isEqualTo(definition(trials));
            if (next.isPresent() && running.size() < workers) {
                int at = next.get().trial() - 1;
                assertThat(dropped).as("lost and promoted").doesNotContain(at);
                trials.set(at, trials.get(at).towards(next.get().rung()));
                running.add(at);
            } else if (running.isEmpty()) {
                break;
            } else {
                int at = running.remove(random.nextInt(running.size()));
                trials.set(at, reached(trials.get(at), random.nextDouble()));
                ASHA.lost(trials).forEach(lost -> dropped.add(lost.number() - 1));
            }
        }
        assertThat(trials).allSatisfy(trial -> assertThat(trial.results()).isNotEmpty());
        long second =
                trials.stream().filter(trial -> trial.results().size() > 1).count();
        assertThat(second).isGreaterThanOrEqualTo(10);
        assertThat(ASHA.next(trials)).isEmpty();
        // All but the best of the last rung, and those that a later trial could have pushed into a rung.
        assertThat(dropped).hasSizeGreaterThan(20);
    }

    @Test
    void keepsWhatMayStillBePromotedAndGivesUpTheRest() {
        List<Trial> trials = trials(6);
        for (int i = 0; i < 4; i++) {
            trials.set(i, reached(trials.get(i), i));
        }
        // Six trials promote two: the third and the fourth of four never are.
        assertThat(ASHA.lost(trials)).extracting(Trial::number).containsExactly(3, 4);
        trials.set(0, trials.get(0).towards(1));
        trials.set(2, trials.get(2).drop());
        assertThat(ASHA.lost(trials)).extracting(Trial::number).containsExactly(4);
    }

    @Test
    void neverGoesOnWithATrialThatFailed() {
        List<Trial> trials = trials(3);
        trials.set(0, trials.get(0).towards(0).failed("diverged"));
        trials.set(1, reached(trials.get(1), 1));
        trials.set(2, reached(trials.get(2), 2));
        assertThat(ASHA.next(trials)).isEmpty();
        assertThat(Asha.best(trials)).map(Trial::number).contains(2);
    }

    @Test
    void aTrialThatFailedAfterARungIsNotTheBest() {
        List<Trial> trials = trials(2);
        trials.set(0, reached(trials.get(0), 1).towards(1).failed("diverged"));
        trials.set(1, reached(trials.get(1), 2));
        assertThat(Asha.best(trials)).map(Trial::number).contains(trials.get(1).number());
    }

    @Test
    void usualRungsAreThoseOfTheEpochsAndTheFactor() {
        assertThat(Asha.usualRungs(100, 3)).containsExactly(12, 34, 100);
        assertThat(Asha.usualRungs(4, 3)).containsExactly(1, 2, 4);
        assertThat(Asha.usualRungs(1, 3)).containsExactly(1);
        assertThat(ASHA.expectedEpochs(9)).isEqualTo(9 + 3 * 2 + 6);
    }

    @Test
    void refusesRungsThatDoNotAscend() {
        assertThatThrownBy(() -> new Asha(List.of(3, 3), 3)).hasMessageContaining("[3, 3], which do not ascend");
        assertThatThrownBy(() -> new Asha(List.of(0, 3), 3)).hasMessageContaining("[0, 3]");
        assertThatThrownBy(() -> new Asha(List.of(3), 1)).hasMessageContaining("factor is 1");
    }
}
