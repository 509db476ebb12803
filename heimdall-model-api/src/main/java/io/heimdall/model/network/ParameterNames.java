package io.heimdall.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects the tensors of a network's state, in the order of the walk. */
final class ParameterNames implements NetworkInterpreter<Void> {
    private final List<ParameterSpec> found = new ArrayList<>();

    private ParameterNames() {}

    static List<ParameterSpec> of(String input, Layer layers) {
        ParameterNames names = new ParameterNames();
        NetworkWalk.through(input, layers, names);
        return List.copyOf(names.found);
    }

    @Override
    public Void input(String tensor) {
        return null;
    }

    @Override
    public Void operation(LayerSite site, Operation operation, Void value) {
        for (ParameterSpec own : operation.parameters()) {
            found.add(new ParameterSpec(site.tensor(own.name()), own.kind(), own.shape()));
        }
        return null;
    }

    @Override
    public Void add(LayerSite site, Void body, Void shortcut) {
        return null;
    }

    @Override
    public Void join(LayerSite site, List<Void> values) {
        return null;
    }

    @Override
    public Void fold(LayerSite site, Layer.Fold fold, Void value, UnaryOperator<Void> body) {
        return body.apply(value);
    }
}
