package io.heimdall.model.network;

import java.util.List;
import java.util.Optional;

/**
 * One layer of a network, as a description: backends interpret it, the exporter writes it.
 *
 * <p>The records here are the structure of a network; an {@link Operation} computes one value of another. A
 * {@link NetworkWalk} takes every interpreter through both. Weight names are the path of the names of the {@link Named}
 * children, joined by dots, then PyTorch's name of the parameter; an empty name adds no segment.
 */
public sealed interface Layer permits Layer.Sequence, Layer.Residual, Layer.Branch, Layer.Input, Layer.Fold, Operation {

    /** Returns this layer without any dropout in it; weights keep their names. */
    default Layer withoutDropout() {
        return this;
    }

    /**
     * A layer and the name that it has in its parent.
     *
     * @param name a segment of weight names, or empty for none
     * @param layer the layer
     */
    record Named(String name, Layer layer) {
        Named withoutDropout() {
            return new Named(name, layer.withoutDropout());
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

        /** Returns layers without names, in order. */
        public static Sequence of(Layer... layers) {
            return new Sequence(
                    List.of(layers).stream().map(layer -> new Named("", layer)).toList());
        }

        @Override
        public Sequence withoutDropout() {
            return new Sequence(layers.stream()
                    .filter(named -> !(named.layer() instanceof Operation.Dropout))
                    .map(Named::withoutDropout)
                    .toList());
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
        public Residual withoutDropout() {
            return new Residual(body.withoutDropout(), shortcut.map(Named::withoutDropout));
        }
    }

    /**
     * The same value given to several layers; their results are joined along the last axis, in order.
     *
     * @param branches at least one, in order
     */
    record Branch(List<Named> branches) implements Layer {
        /** Copies the list. */
        public Branch {
            branches = List.copyOf(branches);
        }

        @Override
        public Branch withoutDropout() {
            return new Branch(branches.stream().map(Named::withoutDropout).toList());
        }
    }

    /**
     * An input of the network in place of the value at hand.
     *
     * @param tensor name of one of {@link NetworkSpec#inputs()}
     */
    record Input(String tensor) implements Layer {}

    /**
     * A body for each image of a set: of (batch, elements, height, width) the elements whose mask is 1 become images
     * (computed, 1, height, width), and the body's results (batch, elements, features), with zeros for the others.
     *
     * @param mask name of the input (batch, elements, 1) that is 1 for the elements to compute
     * @param height of an image
     * @param width of an image
     * @param body named as its own children are, without a segment of its own
     */
    record Fold(String mask, int height, int width, Sequence body) implements Layer {
        @Override
        public Fold withoutDropout() {
            return new Fold(mask, height, width, body.withoutDropout());
        }
    }
}
