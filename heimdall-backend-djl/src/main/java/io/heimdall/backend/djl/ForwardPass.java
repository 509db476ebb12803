package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.heimdall.model.backend.DropoutMask;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import java.util.Map;
import java.util.OptionalLong;

/** Runs a described network on the engine's tensors; results belong to the manager of the features. */
final class ForwardPass implements Layer.Visitor<NDList> {
    private final Map<String, NDArray> tensors;
    private final OptionalLong stepSeed;
    private String path = "";
    private int dropouts;
    /** What the layer visited next takes in. */
    private NDArray input;

    private ForwardPass(Map<String, NDArray> tensors, OptionalLong stepSeed, NDArray features) {
        this.tensors = tensors;
        this.stepSeed = stepSeed;
        this.input = features;
    }

    /**
     * Returns the network's outputs in training.
     *
     * @param tensors by PyTorch's names; running statistics are updated
     * @param stepSeed of the dropout
     */
    static NDList train(NetworkSpec network, Map<String, NDArray> tensors, NDArray features, long stepSeed) {
        return network.layers().accept(new ForwardPass(tensors, OptionalLong.of(stepSeed), features));
    }

    /** Returns the network's outputs with running statistics and without dropout. */
    static NDList predict(NetworkSpec network, Map<String, NDArray> tensors, NDArray features) {
        return network.layers().accept(new ForwardPass(tensors, OptionalLong.empty(), features));
    }

    private NDArray tensor(String name) {
        return tensors.get(path + name);
    }

    private NDList child(Layer.Named child) {
        String parent = path;
        if (!child.name().isEmpty()) {
            path = parent + child.name() + ".";
        }
        NDList output = child.layer().accept(this);
        path = parent;
        return output;
    }

    @Override
    public NDList visit(Layer.Conv2d conv) {
        NDArray weight = tensor("weight");
        return conv.kernel() == 1
                ? new NDList(Projection.of(conv, input, weight))
                : ai.djl.nn.convolutional.Conv2d.conv2d(
                        input, weight, null, square(conv.stride()), square(conv.padding()));
    }

    @Override
    public NDList visit(Layer.BatchNorm norm) {
        // below DJL's own block, which takes momentum and eps as floats: too coarse in double precision
        return new NDList(JniUtils.batchNorm(
                (PtNDArray) input,
                (PtNDArray) tensor("running_mean"),
                (PtNDArray) tensor("running_var"),
                (PtNDArray) tensor("weight"),
                (PtNDArray) tensor("bias"),
                stepSeed.isPresent(),
                norm.momentum(),
                norm.eps()));
    }

    @Override
    public NDList visit(Layer.Relu relu) {
        return new NDList(Activation.relu(input));
    }

    @Override
    public NDList visit(Layer.MaxPool pool) {
        return new NDList(
                Pool.maxPool2d(input, square(pool.kernel()), square(pool.stride()), square(pool.padding()), false));
    }

    @Override
    public NDList visit(Layer.GlobalAveragePool pool) {
        return new NDList(Pool.globalAvgPool2d(input));
    }

    @Override
    public NDList visit(Layer.Linear linear) {
        return ai.djl.nn.core.Linear.linear(input, tensor("weight"), tensor("bias"));
    }

    @Override
    public NDList visit(Layer.Dropout dropout) {
        int layer = dropouts++;
        if (stepSeed.isEmpty() || dropout.probability() == 0) {
            return new NDList(input);
        }
        double[] factors =
                DropoutMask.factors(stepSeed.getAsLong(), layer, Math.toIntExact(input.size()), dropout.probability());
        NDArray mask = input.getManager().create(factors, input.getShape()).toType(input.getDataType(), false);
        return new NDList(input.mul(mask));
    }

    @Override
    public NDList visit(Layer.Softplus softplus) {
        return new NDList(Activation.softPlus(input).add(shift(softplus)));
    }

    /** A number of the input's own type, which keeps the sum's type. */
    private Number shift(Layer.Softplus softplus) {
        double shift = softplus.shift();
        return input.getDataType() == DataType.FLOAT64 ? (Number) shift : (Number) (float) shift;
    }

    @Override
    public NDList visit(Layer.Residual residual) {
        NDArray whole = input;
        NDArray body = residual.body().accept(this).head();
        input = whole;
        NDArray shortcut =
                residual.shortcut().map(projection -> child(projection).head()).orElse(whole);
        return new NDList(body.add(shortcut));
    }

    @Override
    public NDList visit(Layer.Sequence sequence) {
        NDList output = new NDList(input);
        for (Layer.Named layer : sequence.layers()) {
            output = child(layer);
            input = output.head();
        }
        return output;
    }

    @Override
    public NDList visit(Layer.Branch branch) {
        NDArray shared = input;
        NDList outputs = new NDList();
        for (Layer.Named layer : branch.branches()) {
            input = shared;
            outputs.add(child(layer).head());
        }
        return outputs;
    }

    private static Shape square(int length) {
        return new Shape(length, length);
    }
}
