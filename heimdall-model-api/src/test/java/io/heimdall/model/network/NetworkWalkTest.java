package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.Layer.Sequence;
import io.heimdall.model.output.IndependentNormalOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What interpreters are told on their way through a network. */
class NetworkWalkTest {

    /** Writes values as expressions, and notes where it was. */
    private static final class Notes implements NetworkInterpreter<String> {
        private final List<String> sites = new ArrayList<>();

        private void note(LayerSite site, String what) {
            sites.add(site.number() + " " + what + " " + site.path() + " " + site.dropouts());
        }

        @Override
        public String input(String tensor) {
            return tensor;
        }

        @Override
        public String operation(LayerSite site, Operation operation, String value) {
            String name = operation.getClass().getSimpleName();
            note(site, name);
            return name + "(" + value + ")";
        }

        @Override
        public String add(LayerSite site, String body, String shortcut) {
            note(site, "add");
            return body + " + " + shortcut;
        }

        @Override
        public String join(LayerSite site, List<String> values) {
            note(site, "join");
            return values.toString();
        }

        @Override
        public String fold(LayerSite site, Layer.Fold fold, String value, UnaryOperator<String> body) {
            note(site, "fold");
            return "{" + body.apply(value + "/" + fold.mask()) + "}";
        }
    }

    private static Named named(String name, Layer layer) {
        return new Named(name, layer);
    }

    private static NetworkSpec network(Layer... layers) {
        return new NetworkSpec(
                "walked",
                List.of(TensorSpec.floats("x", 4), TensorSpec.floats("y", 4)),
                Sequence.of(layers),
                new IndependentNormalOutput(),
                Map.of());
    }

    @Test
    void pathsAreTheNamesFromTheRootAndAnEmptyNameAddsNone() {
        Sequence inner = new Sequence(List.of(
                named("0", new Operation.Linear(4, 4)),
                named("", new Operation.Relu()),
                named("out", new Sequence(List.of(named("2", new Operation.Linear(4, 4)))))));
        Notes notes = new Notes();
        String value = network(new Sequence(List.of(named("head", inner)))).walk(notes);
        assertThat(value).isEqualTo("Linear(Relu(Linear(x)))");
        assertThat(notes.sites).containsExactly("0 Linear head.0 0", "1 Relu head 0", "2 Linear head.out.2 0");
        assertThat(network(new Sequence(List.of(named("head", inner)))).parameters())
                .extracting(ParameterSpec::name)
                .containsExactly("head.0.weight", "head.0.bias", "head.out.2.weight", "head.out.2.bias");
    }

    @Test
    void aBodyIsAddedToItsShortcutOrToTheValueItself() {
        Sequence body = new Sequence(List.of(named("conv", new Operation.Relu())));
        Notes notes = new Notes();
        String value = network(
                        new Layer.Residual(body, Optional.empty()),
                        new Layer.Residual(body, Optional.of(named("downsample", new Operation.Silu()))))
                .walk(notes);
        assertThat(value).isEqualTo("Relu(Relu(x) + x) + Silu(Relu(x) + x)");
        assertThat(notes.sites)
                .containsExactly("0 Relu conv 0", "1 add  0", "2 Relu conv 0", "3 Silu downsample 0", "4 add  0");
    }

    @Test
    void branchesReadTheSameValueAndInputsTakeItsPlace() {
        Layer.Branch branch = new Layer.Branch(List.of(
                named("a", new Operation.Relu()),
                named("b", Sequence.of(new Layer.Input("y"), new Operation.Silu())),
                named("", new Layer.Input("x"))));
        Notes notes = new Notes();
        assertThat(network(new Operation.Relu(), branch).walk(notes)).isEqualTo("[Relu(Relu(x)), Silu(y), x]");
        assertThat(notes.sites).containsExactly("0 Relu  0", "1 Relu a 0", "2 Silu b 0", "3 join  0");
    }

    @Test
    void dropoutsAreCountedInBranchesAndFoldsAlikeThoseOfProbabilityZeroToo() {
        Sequence dropped = Sequence.of(new Operation.Dropout(0.5), new Operation.Relu());
        Layer.Branch branch = new Layer.Branch(
                List.of(named("a", dropped), named("b", Sequence.of(new Operation.Dropout(0), new Operation.Relu()))));
        Notes notes = new Notes();
        String value = network(branch, new Layer.Fold("y", 2, 2, new Sequence(List.of(named("image", dropped)))))
                .walk(notes);
        assertThat(value).isEqualTo("{Relu(Dropout([Relu(Dropout(x)), Relu(Dropout(x))]/y))}");
        assertThat(notes.sites)
                .containsExactly(
                        "0 Dropout a 0",
                        "1 Relu a 1",
                        "2 Dropout b 1",
                        "3 Relu b 2",
                        "4 join  2",
                        "5 fold  2",
                        "6 Dropout image 2",
                        "7 Relu image 3");
    }
}
