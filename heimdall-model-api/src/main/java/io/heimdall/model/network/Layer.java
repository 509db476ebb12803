package io.heimdall.model.network;

import java.util.List;
import java.util.Optional;

/**
 * One piece of a network, described and not computed: backends interpret it, the exporter writes it.
 *
 * <p>Tensors are (batch, channels, height, width), or (batch, features) behind {@link GlobalAveragePool}. Weight names
 * are the path of the names of the {@link Named} children, joined by dots, then PyTorch's name of the parameter; an
 * empty name adds no segment.
 */
public sealed interface Layer {

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(Visitor<R> visitor);

    /** One method per kind of layer; a new kind breaks every interpreter at compile time, as it should. */
    interface Visitor<R> {
        R visit(Conv2d layer);

        R visit(BatchNorm layer);

        R visit(Relu layer);

        R visit(MaxPool layer);

        R visit(GlobalAveragePool layer);

        R visit(Linear layer);

        R visit(Dropout layer);

        R visit(Softplus layer);

        R visit(Residual layer);

        R visit(Sequence layer);

        R visit(Branch layer);
    }

    /**
     * A layer and the name it has in its parent.
     *
     * @param name a segment of weight names, or empty for none
     * @param layer the layer
     */
    record Named(String name, Layer layer) {}

    /**
     * A convolution without bias (a batch norm follows): weight (out, in, kernel, kernel).
     *
     * @param in channels in
     * @param out channels out
     * @param kernel height and width of the kernel
     * @param stride step in both axes
     * @param padding zeros on every side
     */
    record Conv2d(int in, int out, int kernel, int stride, int padding) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Batch normalisation over all axes but the second, for (batch, channels, h, w) and (batch, features).
     *
     * <p>PyTorch's: normalises with the biased batch variance; the running variance takes the unbiased one.
     *
     * @param channels length of weight, bias, running_mean and running_var
     * @param eps added to the variance
     * @param momentum share of the batch in the running statistics
     */
    record BatchNorm(int channels, double eps, double momentum) implements Layer {
        /** PyTorch's defaults: eps 1e-5, momentum 0.1. */
        public static BatchNorm of(int channels) {
            return new BatchNorm(channels, 1e-5, 0.1);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** max(x, 0). */
    record Relu() implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * Largest value of each window; padding counts as minus infinity.
     *
     * @param kernel height and width of the window
     * @param stride step in both axes
     * @param padding on every side
     */
    record MaxPool(int kernel, int stride, int padding) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** Mean over height and width, and their removal: (batch, channels, h, w) to (batch, channels). */
    record GlobalAveragePool() implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * x W^T + b: weight (out, in), bias (out).
     *
     * @param in features in
     * @param out features out
     */
    record Linear(int in, int out) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * In training each element is 0 with the given probability, and 1 / (1 - probability) as large otherwise.
     *
     * @param probability in [0, 1)
     */
    record Dropout(double probability) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * log(1 + exp(x)) + shift.
     *
     * @param shift added to the result, so that it never reaches 0
     */
    record Softplus(double shift) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * body(x) + shortcut(x), the shortcut being x itself where there is none.
     *
     * @param body named as its own children are, without a segment of its own
     * @param shortcut the projection, where shapes change
     */
    record Residual(Sequence body, Optional<Named> shortcut) implements Layer {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * One layer after another.
     *
     * @param layers at least one, in order
     */
    record Sequence(List<Named> layers) implements Layer {
        /** Copies the list. */
        public Sequence {
            layers = List.copyOf(layers);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The same input given to several layers; their outputs are the outputs of the network, in order.
     *
     * @param branches at least one, in order
     */
    record Branch(List<Named> branches) implements Layer {
        /** Copies the list. */
        public Branch {
            branches = List.copyOf(branches);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}
