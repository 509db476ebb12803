package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.heimdall.model.backend.DropoutMask;
import io.heimdall.model.backend.SetRows;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.LayerSite;
import io.heimdall.model.network.NetworkInterpreter;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Runs a described network on the engine's tensors; results belong to the manager of the inputs. */
final class ForwardPass implements NetworkInterpreter<NDArray>, Operation.Interpreter<NDArray> {
    private final Map<String, NDArray> tensors;
    private final Map<String, NDArray> inputs;
    private final OptionalLong stepSeed;

    private ForwardPass(Map<String, NDArray> tensors, Map<String, NDArray> inputs, OptionalLong stepSeed) {
        this.tensors = tensors;
        this.inputs = inputs;
        this.stepSeed = stepSeed;
    }

    /**
     * Returns the network's numbers in training, (batch, width).
     *
     * @param tensors by PyTorch's names; running statistics are updated
     * @param stepSeed of the dropout
     */
    static NDArray train(
            NetworkSpec network, Map<String, NDArray> tensors, Map<String, NDArray> inputs, long stepSeed) {
        return network.walk(new ForwardPass(tensors, inputs, OptionalLong.of(stepSeed)));
    }

    /** Returns the network's numbers with running statistics and without dropout, (batch, width). */
    static NDArray predict(NetworkSpec network, Map<String, NDArray> tensors, Map<String, NDArray> inputs) {
        return network.walk(new ForwardPass(tensors, inputs, OptionalLong.empty()));
    }

    private NDArray tensor(LayerSite site, String name) {
        return tensors.get(site.tensor(name));
    }

    @Override
    public NDArray input(String tensor) {
        return inputs.get(tensor);
    }

    @Override
    public NDArray operation(LayerSite site, Operation operation, NDArray value) {
        return operation.interpret(this, site, value);
    }

    @Override
    public NDArray add(LayerSite site, NDArray body, NDArray shortcut) {
        return body.add(shortcut);
    }

    @Override
    public NDArray join(LayerSite site, List<NDArray> values) {
        return NDArrays.concat(new NDList(values), -1);
    }

    @Override
    public NDArray fold(LayerSite site, Layer.Fold fold, NDArray value, UnaryOperator<NDArray> body) {
        Shape shape = value.getShape();
        SetRows rows =
                SetRows.of(input(fold.mask()).toType(DataType.FLOAT32, false).toFloatArray());
        NDManager manager = value.getManager();
        NDArray flat = value.reshape(rows.places().length, shape.get(2) * shape.get(3));
        NDArray images = rows(flat, manager.create(rows.computed()))
                .reshape(rows.computed().length, 1, shape.get(2), shape.get(3));
        NDArray features = body.apply(images);
        long width = features.getShape().get(1);
        NDArray none = manager.zeros(new Shape(1, width), features.getDataType());
        return rows(NDArrays.concat(new NDList(features, none)), manager.create(rows.places()))
                .reshape(shape.get(0), shape.get(1), width);
    }

    /** Returns rows of a matrix by their numbers, with a gradient. */
    private static NDArray rows(NDArray matrix, NDArray numbers) {
        return ai.djl.nn.core.Embedding.embedding(numbers, matrix, SparseFormat.DENSE)
                .head();
    }

    @Override
    public NDArray conv2d(LayerSite site, Operation.Conv2d conv, NDArray x) {
        NDArray weight = tensor(site, "weight");
        return conv.kernel() == 1
                ? Projection.of(conv, x, weight)
                : ai.djl.nn.convolutional.Conv2d.conv2d(x, weight, null, square(conv.stride()), square(conv.padding()))
                        .head();
    }

    @Override
    public NDArray batchNorm(LayerSite site, Operation.BatchNorm norm, NDArray x) {
        // below DJL's own block, which takes momentum and eps as floats: too coarse in double precision
        return JniUtils.batchNorm(
                (PtNDArray) x,
                (PtNDArray) tensor(site, "running_mean"),
                (PtNDArray) tensor(site, "running_var"),
                (PtNDArray) tensor(site, "weight"),
                (PtNDArray) tensor(site, "bias"),
                stepSeed.isPresent(),
                norm.momentum(),
                norm.eps());
    }

    @Override
    public NDArray relu(LayerSite site, Operation.Relu relu, NDArray x) {
        return Activation.relu(x);
    }

    @Override
    public NDArray maxPool(LayerSite site, Operation.MaxPool pool, NDArray x) {
        return Pool.maxPool2d(x, square(pool.kernel()), square(pool.stride()), square(pool.padding()), false);
    }

    @Override
    public NDArray globalAveragePool(LayerSite site, Operation.GlobalAveragePool pool, NDArray x) {
        return Pool.globalAvgPool2d(x);
    }

    @Override
    public NDArray linear(LayerSite site, Operation.Linear linear, NDArray x) {
        return ai.djl.nn.core.Linear.linear(x, tensor(site, "weight"), tensor(site, "bias"))
                .head();
    }

    @Override
    public NDArray dropout(LayerSite site, Operation.Dropout dropout, NDArray x) {
        if (stepSeed.isEmpty() || dropout.probability() == 0) {
            return x;
        }
        double[] factors = DropoutMask.factors(
                stepSeed.getAsLong(), site.dropouts(), Math.toIntExact(x.size()), dropout.probability());
        NDArray mask = x.getManager().create(factors, x.getShape()).toType(x.getDataType(), false);
        return x.mul(mask);
    }

    @Override
    public NDArray softplus(LayerSite site, Operation.Softplus softplus, NDArray x) {
        return Activation.softPlus(x).add(number(x, softplus.shift()));
    }

    /**
     * A factor of a tensor that is learned from. DJL lets go of a factor that is given as a number while PyTorch still needs it for
     * the gradient; this one stays as long as the tensor's manager.
     */
    private static NDArray held(NDArray x, double factor) {
        return x.getManager().create(new double[] {factor}).toType(x.getDataType(), false);
    }

    /** A number of the tensor's own type, which keeps the result's type; not to multiply or divide by, see {@link #held}. */
    private static Number number(NDArray x, double value) {
        return x.getDataType() == DataType.FLOAT64 ? (Number) value : (Number) (float) value;
    }

    @Override
    public NDArray silu(LayerSite site, Operation.Silu silu, NDArray x) {
        return x.mul(Activation.sigmoid(x));
    }

    @Override
    public NDArray layerNorm(LayerSite site, Operation.LayerNorm norm, NDArray x) {
        NDArray centred = x.sub(x.mean(new int[] {-1}, true));
        NDArray variance = centred.square().mean(new int[] {-1}, true);
        return centred.div(variance.add(number(x, norm.eps())).sqrt())
                .mul(tensor(site, "weight"))
                .add(tensor(site, "bias"));
    }

    @Override
    public NDArray attention(LayerSite site, Operation.Attention attention, NDArray x) {
        Shape shape = x.getShape();
        NDArray query = heads(site, "query", attention, x);
        NDArray key = heads(site, "key", attention, x);
        NDArray value = heads(site, "value", attention, x);
        double scale = 1 / Math.sqrt(attention.width() / (double) attention.heads());
        NDArray score = query.matMul(key.transpose(0, 1, 3, 2)).mul(held(x, scale));
        NDArray weights = masked(score, columns(attention.mask()).expandDims(1)).softmax(-1);
        NDArray mixed = weights.matMul(value).transpose(0, 2, 1, 3).reshape(shape);
        return linear(site, "out", mixed);
    }

    /** Returns (batch, heads, elements, width of a head). */
    private NDArray heads(LayerSite site, String name, Operation.Attention attention, NDArray x) {
        Shape shape = x.getShape();
        return linear(site, name, x)
                .reshape(shape.get(0), shape.get(1), attention.heads(), attention.width() / attention.heads())
                .transpose(0, 2, 1, 3);
    }

    private NDArray linear(LayerSite site, String name, NDArray x) {
        return ai.djl.nn.core.Linear.linear(x, tensor(site, name + ".weight"), tensor(site, name + ".bias"))
                .head();
    }

    /** Returns the mask (batch, elements, 1) as (batch, 1, elements). */
    private NDArray columns(String mask) {
        return input(mask).transpose(0, 2, 1);
    }

    /** What is not looked at (a mask collects no gradient) is so low that its share of a softmax, or its part in a maximum, is none. */
    private static NDArray masked(NDArray x, NDArray mask) {
        return x.add(mask.sub(number(x, 1)).mul(number(x, 1e30)));
    }

    @Override
    public NDArray embedding(LayerSite site, Operation.Embedding embedding, NDArray x) {
        NDArray index = x.squeeze(-1).toType(DataType.INT64, false);
        return rows(tensor(site, "weight"), index);
    }

    @Override
    public NDArray waves(LayerSite site, Operation.Waves waves, NDArray x) {
        double[] factors = new double[waves.count()];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = 0.7 * (1 << k);
        }
        NDArray frequencies = x.getManager().create(factors).toType(x.getDataType(), false);
        Shape shape = x.getShape();
        Shape flat = new Shape(shape.get(0), shape.get(1), shape.get(2) * waves.count());
        NDArray angles = x.expandDims(-1).mul(frequencies);
        return NDArrays.concat(
                new NDList(x, angles.sin().reshape(flat), angles.cos().reshape(flat)), -1);
    }

    @Override
    public NDArray setPool(LayerSite site, Operation.SetPool pool, NDArray x) {
        NDArray mask = input(pool.mask());
        NDArray mean = x.mul(mask).sum(new int[] {1}).div(mask.sum(new int[] {1}));
        NDArray largest = masked(x, mask).max(new int[] {1});
        return NDArrays.concat(new NDList(mean, largest), -1);
    }

    private static Shape square(int length) {
        return new Shape(length, length);
    }
}
