package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPagesTest {
    @TempDir
    Path folder;

    private static SweepPlan plan() {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        dimensions.put("learning_rate", new Dimension.Interval(1e-4, 1e-2, true, 0, false));
        dimensions.put("patience", new Dimension.Interval(5, 20, false, 5, true));
        dimensions.put("loss", new Dimension.Values(List.of("likelihood", "density-nll")));
        dimensions.put("batch_size", new Dimension.Values(List.of(32)));
        TrainingSettings base = TrainingSettings.seeded(1);
        return new SweepPlan(
                base.withPlan(base.plan().withEpochs(9)),
                new Space(dimensions),
                Choice.SOBOL,
                1,
                new Asha(List.of(1, 3, 9), 3),
                5);
    }

    private static Trial.Result result(int epoch, double metric) {
        return new Trial.Result(epoch, metric, Duration.ofSeconds(10), false);
    }

    /** The metric grows with the rate, so that the trial with the lowest rate is the best. */
    private static SweepState state(SweepPlan plan) {
        List<Trial> trials = new ArrayList<>();
        for (Trial trial : plan.proposals(6)) {
            double rate = (double) trial.values().get("learning_rate");
            trials.add(trial.number() == 6 ? trial.failed("diverged <at once>") : trial.reached(result(1, rate)));
        }
        SweepState state = new SweepState("{}", "parent", trials, Optional.empty());
        Trial best = state.best().orElseThrow();
        return state.with(best.withRun("abc").reached(result(3, -1)).reached(result(9, -2)))
                .with(new SweepState.Last(best.number(), "last", 4));
    }

    @Test
    void showWhatMatteredAndAllTrials() throws IOException {
        SweepPlan plan = plan();
        SweepState state = state(plan);
        SweepFolder sweep = SweepFolder.of(new WorkingDirectory(folder), "rates");
        Files.createDirectories(sweep.path());

        SweepPages.write(sweep, plan, state);

        assertThat(sweep.result("html"))
                .content()
                .contains("<tr><th>learning_rate<td>1.0000 (rank correlation)</tr>")
                .contains("<tr><th>batch_size<td>unknown</tr>")
                .contains("(correlation ratio)")
                .contains("diverged &lt;at once&gt;")
                .contains("data:image/png;base64,")
                .containsOnlyOnce("<tr class=\"best\">");
        byte[] png = Files.readAllBytes(sweep.result("png"));
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        assertThat(((png[18] & 0xff) << 8) + (png[19] & 0xff))
                .as("three panels wide")
                .isEqualTo(1440);
        assertThat(((png[22] & 0xff) << 8) + (png[23] & 0xff)).as("two rows").isEqualTo(720);
        JsonNode json = new JsonMapper().readTree(sweep.result("json").toFile());
        assertThat(json.get("trials")).hasSize(6);
        assertThat(json.get("best").get("state").asText()).isEqualTo("complete");
        assertThat(json.get("best").get("metric").asDouble()).isEqualTo(-2);
        assertThat(json.get("influence").get("learning_rate").asDouble()).isEqualTo(1);
        assertThat(json.get("final").get("model_version").asInt()).isEqualTo(4);
        assertThat(SweepSummary.states(state.trials(), plan::state))
                .containsEntry("complete", 1)
                .containsEntry("stopped", 4)
                .containsEntry("failed", 1);
    }

    @Test
    void aSweepWithoutAnyResultHasAPageToo() throws IOException {
        SweepFolder sweep = SweepFolder.of(new WorkingDirectory(folder), "none");
        Files.createDirectories(sweep.path());
        SweepPages.write(sweep, plan(), new SweepState("{}", "parent", plan().proposals(3), Optional.empty()));
        assertThat(sweep.result("html")).content().contains("waiting").doesNotContain("<img");
        assertThat(sweep.result("png")).doesNotExist();
    }

    @Test
    void theTimeLeftGrowsWithTheEpochsThatAreExpected() {
        SweepPlan plan = plan();
        List<Trial> trials = new ArrayList<>(plan.proposals(9));
        assertThat(plan.timeLeft(trials, 1)).isEmpty();
        trials.set(0, trials.get(0).reached(result(1, 1)));
        // Nine trials train 9 + 3 * 2 + 1 * 6 epochs, one of which took 10 s.
        assertThat(plan.timeLeft(trials, 1)).contains(Duration.ofSeconds(200));
        assertThat(plan.timeLeft(trials, 2)).contains(Duration.ofSeconds(100));
    }

    @Test
    void thePlanRefusesWhatTrialsCannotShare() {
        SweepPlan plan = plan();
        TrainingSettings other = plan.base().withPlan(plan.base().plan().withEpochs(5));
        assertThatThrownBy(() -> new SweepPlan(other, plan.space(), plan.choice(), 1, plan.asha(), 5))
                .hasMessageContaining("the last rung is 9, expected the epochs of a whole training, 5");
        assertThat(SweepPlan.variable(List.of("epochs", "loss", "split_by", "stations"), List.of("stations")))
                .containsExactly("loss");
    }
}
