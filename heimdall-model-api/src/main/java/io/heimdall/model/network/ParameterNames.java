package io.heimdall.model.network;

import java.util.ArrayList;
import java.util.List;

/** Walks a network and names its tensors. */
final class ParameterNames implements Layer.Visitor<Void> {
    private final List<ParameterSpec> found = new ArrayList<>();
    private String path = "";

    private ParameterNames() {}

    static List<ParameterSpec> of(NetworkSpec network) {
        var walk = new ParameterNames();
        network.layers().accept(walk);
        return List.copyOf(walk.found);
    }

    private void add(String name, ParameterSpec.Kind kind, int... shape) {
        found.add(new ParameterSpec(path + name, kind, shape));
    }

    private void child(Layer.Named child) {
        String parent = path;
        if (!child.name().isEmpty()) {
            path = parent + child.name() + ".";
        }
        child.layer().accept(this);
        path = parent;
    }

    @Override
    public Void visit(Layer.Conv2d conv) {
        add("weight", ParameterSpec.Kind.CONV_WEIGHT, conv.out(), conv.in(), conv.kernel(), conv.kernel());
        return null;
    }

    @Override
    public Void visit(Layer.BatchNorm norm) {
        add("weight", ParameterSpec.Kind.NORM_WEIGHT, norm.channels());
        add("bias", ParameterSpec.Kind.NORM_BIAS, norm.channels());
        add("running_mean", ParameterSpec.Kind.RUNNING_MEAN, norm.channels());
        add("running_var", ParameterSpec.Kind.RUNNING_VAR, norm.channels());
        return null;
    }

    @Override
    public Void visit(Layer.Linear linear) {
        add("weight", ParameterSpec.Kind.LINEAR_WEIGHT, linear.out(), linear.in());
        add("bias", ParameterSpec.Kind.LINEAR_BIAS, linear.out());
        return null;
    }

    @Override
    public Void visit(Layer.Residual residual) {
        residual.body().accept(this);
        residual.shortcut().ifPresent(this::child);
        return null;
    }

    @Override
    public Void visit(Layer.Sequence sequence) {
        sequence.layers().forEach(this::child);
        return null;
    }

    @Override
    public Void visit(Layer.Branch branch) {
        branch.branches().forEach(this::child);
        return null;
    }

    @Override
    public Void visit(Layer.Relu layer) {
        return null;
    }

    @Override
    public Void visit(Layer.MaxPool layer) {
        return null;
    }

    @Override
    public Void visit(Layer.GlobalAveragePool layer) {
        return null;
    }

    @Override
    public Void visit(Layer.Dropout layer) {
        return null;
    }

    @Override
    public Void visit(Layer.Softplus layer) {
        return null;
    }
}
