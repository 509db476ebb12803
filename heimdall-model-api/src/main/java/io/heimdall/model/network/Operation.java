package io.heimdall.model.network;

import io.heimdall.model.network.ParameterSpec.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A layer that computes one value of another.
 *
 * <p>A new operation is one record here and one method in each engine and the exporter.
 */
public sealed interface Operation extends Layer {

    /** Calls the interpreter's method for this kind of operation. */
    <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value);

    /** Returns the tensors of the operation's state, by their own names, in the order of PyTorch's state dict. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /**
     * One method for each kind of operation; a new kind breaks every interpreter at compile time, as it should.
     *
     * @param <V> what an interpreter computes with
     */
    interface Interpreter<V> {
        V conv2d(LayerSite site, Conv2d layer, V value);

        V batchNorm(LayerSite site, BatchNorm layer, V value);

        V relu(LayerSite site, Relu layer, V value);

        V maxPool(LayerSite site, MaxPool layer, V value);

        V globalAveragePool(LayerSite site, GlobalAveragePool layer, V value);

        V linear(LayerSite site, Linear layer, V value);

        V dropout(LayerSite site, Dropout layer, V value);

        V softplus(LayerSite site, Softplus layer, V value);

        V silu(LayerSite site, Silu layer, V value);

        V layerNorm(LayerSite site, LayerNorm layer, V value);

        V attention(LayerSite site, Attention layer, V value);

        V embedding(LayerSite site, Embedding layer, V value);

        V waves(LayerSite site, Waves layer, V value);

        V setPool(LayerSite site, SetPool layer, V value);
    }

    /**
     * A convolution without bias (a batch norm follows) of (batch, channels, height, width): weight (out, in, kernel, kernel).
     *
     * @param in channels in
     * @param out channels out
     * @param kernel height and width of the kernel
     * @param stride step in both axes
     * @param padding zeros on every side
     */
    record Conv2d(int in, int out, int kernel, int stride, int padding) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(new ParameterSpec("weight", Kind.CONV_WEIGHT, out, in, kernel, kernel));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.conv2d(site, this, value);
        }
    }

    /**
     * Batch normalisation over all axes but the second, of (batch, channels, h, w) and (batch, features).
     *
     * <p>PyTorch's: normalises with the biased batch variance; the running variance takes the unbiased one.
     *
     * @param channels length of weight, bias, running_mean and running_var
     * @param eps added to the variance
     * @param momentum share of the batch in the running statistics
     */
    record BatchNorm(int channels, double eps, double momentum) implements Operation {
        /** Returns one with PyTorch's defaults: eps 1e-5, momentum 0.1. */
        public static BatchNorm of(int channels) {
            return new BatchNorm(channels, 1e-5, 0.1);
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    new ParameterSpec("weight", Kind.NORM_WEIGHT, channels),
                    new ParameterSpec("bias", Kind.NORM_BIAS, channels),
                    new ParameterSpec("running_mean", Kind.RUNNING_MEAN, channels),
                    new ParameterSpec("running_var", Kind.RUNNING_VAR, channels));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.batchNorm(site, this, value);
        }
    }

    /** max(x, 0). */
    record Relu() implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.relu(site, this, value);
        }
    }

    /**
     * Largest value of each window of (batch, channels, height, width); padding counts as minus infinity.
     *
     * @param kernel height and width of the window
     * @param stride step in both axes
     * @param padding on every side
     */
    record MaxPool(int kernel, int stride, int padding) implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.maxPool(site, this, value);
        }
    }

    /** Mean over height and width, and their removal: (batch, channels, h, w) to (batch, channels). */
    record GlobalAveragePool() implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.globalAveragePool(site, this, value);
        }
    }

    /**
     * x W^T + b along the last axis: weight (out, in), bias (out).
     *
     * @param in features in
     * @param out features out
     */
    record Linear(int in, int out) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    new ParameterSpec("weight", Kind.LINEAR_WEIGHT, out, in),
                    new ParameterSpec("bias", Kind.LINEAR_BIAS, out));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.linear(site, this, value);
        }
    }

    /**
     * In training each element is 0 with the given probability, and 1 / (1 - probability) as large otherwise.
     *
     * @param probability in [0, 1)
     */
    record Dropout(double probability) implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.dropout(site, this, value);
        }
    }

    /**
     * log(1 + exp(x)) + shift.
     *
     * @param shift added to the result, so that the result never reaches 0
     */
    record Softplus(double shift) implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.softplus(site, this, value);
        }
    }

    /**
     * x / (1 + exp(-x)), also called swish.
     *
     * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel, Gaussian Error Linear Units, 2016</a>
     */
    record Silu() implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.silu(site, this, value);
        }
    }

    /**
     * Normalisation of each element's features, the last axis, with the biased variance, then weight and bias.
     *
     * @param width length of weight and bias
     * @param eps added to the variance
     * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton, Layer Normalization, 2016</a>
     */
    record LayerNorm(int width, double eps) implements Operation {
        /** Returns one with PyTorch's default, eps 1e-5. */
        public static LayerNorm of(int width) {
            return new LayerNorm(width, 1e-5);
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of(
                    new ParameterSpec("weight", Kind.NORM_WEIGHT, width),
                    new ParameterSpec("bias", Kind.NORM_BIAS, width));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.layerNorm(site, this, value);
        }
    }

    /**
     * Multi-head self-attention of the elements of a set (batch, elements, width) to those whose mask is 1: linear
     * {@code query}, {@code key}, {@code value} and {@code out}, scores divided by the root of a head's width.
     *
     * @param width features of an element, a multiple of the heads
     * @param heads number of heads
     * @param mask name of the input (batch, elements, 1) that is 1 for the elements to look at, at least one in each row
     * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al., Attention Is All You Need, 2017</a>
     */
    record Attention(int width, int heads, String mask) implements Operation {
        /** Checks the heads. */
        public Attention {
            if (heads < 1 || width % heads != 0) {
                throw new IllegalArgumentException("width " + width + " cannot be shared by " + heads + " heads");
            }
        }

        @Override
        public List<ParameterSpec> parameters() {
            return List.of("query", "key", "value", "out").stream()
                    .flatMap(name -> Stream.of(
                            new ParameterSpec(name + ".weight", Kind.LINEAR_WEIGHT, width, width),
                            new ParameterSpec(name + ".bias", Kind.LINEAR_BIAS, width)))
                    .toList();
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.attention(site, this, value);
        }
    }

    /**
     * A vector for each number: (batch, elements, 1) of whole numbers to (batch, elements, width); weight (count, width).
     *
     * @param count numbers there are, 0 to count - 1
     * @param width length of a vector
     */
    record Embedding(int count, int width) implements Operation {
        @Override
        public List<ParameterSpec> parameters() {
            return List.of(new ParameterSpec("weight", Kind.EMBEDDING, count, width));
        }

        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.embedding(site, this, value);
        }
    }

    /**
     * Coordinates p and their waves along the last axis: (p, sin(0.7 2^k p), cos(0.7 2^k p)), k = 0..count - 1, the sines
     * of all coordinates first, those of one coordinate together.
     *
     * @param count waves of each coordinate
     * @see <a href="https://arxiv.org/abs/2006.10739">Tancik et al., Fourier Features Let Networks Learn High Frequency
     *     Functions in Low Dimensional Domains, 2020</a>
     */
    record Waves(int count) implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.waves(site, this, value);
        }
    }

    /**
     * Mean and largest value of each feature over the elements whose mask is 1, side by side: (batch, elements, width)
     * to (batch, 2 width).
     *
     * @param mask name of the input (batch, elements, 1) that is 1 for the elements to look at, at least one in each row
     */
    record SetPool(String mask) implements Operation {
        @Override
        public <V> V interpret(Interpreter<V> interpreter, LayerSite site, V value) {
            return interpreter.setPool(site, this, value);
        }
    }
}
