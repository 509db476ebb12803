package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerState.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionOptionsTest {
    private static final NetworkSpec NETWORK = LocalizationNet.small(2);

    @Test
    void whatIsFrozenIsNotTrained() {
        List<ParameterSpec> all = SessionOptions.seeded(1).trained(NETWORK);
        assertThat(all).allMatch(p -> p.kind().trained());
        assertThat(new SessionOptions(1, 1, List.of("backbone.")).trained(NETWORK))
                .isNotEmpty()
                .extracting(ParameterSpec::name)
                .containsExactlyElementsOf(all.stream()
                        .map(ParameterSpec::name)
                        .filter(name -> !name.startsWith("backbone."))
                        .toList());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionOptions(1, 1, List.of("backbone.", "position_head.", "uncertainty_head."))
                        .trained(NETWORK))
                .withMessageContaining("leave nothing to train");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionOptions(1, 0, List.of()))
                .withMessage("threads 0 is not at least 1");
    }

    @Test
    void everyStepDrawsFromASeedOfItsOwn() {
        SessionOptions options = SessionOptions.seeded(42);
        List<Long> seeds =
                LongStream.range(0, 1_000).map(options::stepSeed).boxed().toList();
        assertThat(seeds).doesNotHaveDuplicates();
        assertThat(seeds)
                .doesNotContainAnyElementsOf(LongStream.range(0, 1_000)
                        .map(SessionOptions.seeded(43)::stepSeed)
                        .boxed()
                        .toList());
        assertThat(options.withPrecision(Precision.FLOAT64).stepSeed(7)).isEqualTo(options.stepSeed(7));
    }

    @Test
    void theOptimisersStateIsForExactlyTheTrainedTensors() {
        List<ParameterSpec> trained = new SessionOptions(1, 1, List.of("backbone.")).trained(NETWORK);
        OptimizerState state = OptimizerState.initial(trained).at(12);
        assertThatCode(() -> state.check(trained)).doesNotThrowAnyException();
        assertThat(state.step()).isEqualTo(12);

        String name = trained.get(0).name();
        Map<String, Moments> moments = new LinkedHashMap<>(state.moments());
        Moments own = moments.remove(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerState(12, moments).check(trained))
                .withMessage("optimiser state: " + name + " needs moments of " + own.first().length
                        + " values and has none");
        moments.put(name, new Moments(own.first(), new float[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerState(12, moments).check(trained))
                .withMessageContaining("and has " + own.first().length + " and 1");
        moments.put(name, own);
        moments.put("backbone.conv1.weight", own);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimizerState(12, moments).check(trained))
                .withMessage("optimiser state: moments for tensors that are not trained: [backbone.conv1.weight]");
    }

    @Test
    void aCopyOfAStateSharesNoArray() {
        List<ParameterSpec> trained = SessionOptions.seeded(1).trained(NETWORK);
        String name = trained.get(0).name();
        OptimizerState state = OptimizerState.initial(trained);
        OptimizerState copy = state.copy();
        state.moments().get(name).first()[0] = 5;
        state.moments().get(name).second()[0] = 5;
        assertThat(copy.moments().get(name).first()[0]).isZero();
        assertThat(copy.moments().get(name).second()[0]).isZero();
    }
}
