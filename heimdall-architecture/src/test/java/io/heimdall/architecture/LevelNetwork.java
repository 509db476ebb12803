package io.heimdall.architecture;

import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.Layer.Branch;
import io.heimdall.model.network.Layer.Input;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation.Linear;
import io.heimdall.model.network.Operation.Silu;
import io.heimdall.model.output.NormalMixtureOutput;
import io.heimdall.model.output.OutputSpec;
import java.util.List;
import java.util.Map;

/** A network that the library does not know: it reads the two inputs of {@link LevelProducer} and gives a mixture. */
public final class LevelNetwork implements NetworkFamily {
    static final String NAME = "test-mixture";
    static final int COMPONENTS = 3;
    private static final int WIDTH = 16;

    /** For the service loader. */
    public LevelNetwork() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "a mixture of levels, for tests";
    }

    @Override
    public List<String> producers() {
        return List.of(LevelProducer.ID);
    }

    @Override
    public NetworkSpec network(InputSpec input) {
        int read =
                input.networkSpecs().stream().mapToInt(spec -> spec.length(0)).sum();
        OutputSpec output = new NormalMixtureOutput(COMPONENTS);
        Branch both = new Branch(List.of(
                new Named("", Sequence.of(new Input(LevelAssembler.LEVEL))),
                new Named("", Sequence.of(new Input(LevelAssembler.HEARD)))));
        Sequence layers = new Sequence(List.of(
                new Named("", both),
                new Named("hidden", new Linear(read, WIDTH)),
                new Named("", new Silu()),
                new Named("mixture", new Linear(WIDTH, output.width()))));
        return new NetworkSpec(NAME, input.networkSpecs(), layers, output, Map.of());
    }
}
