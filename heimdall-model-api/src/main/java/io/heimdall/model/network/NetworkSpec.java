package io.heimdall.model.network;

import java.util.List;

/**
 * A network as a value: its name, the shape of one input, and its layers.
 *
 * @param name what users call it: {@code resnet18}
 * @param channels channels of one input
 * @param height mel bands of one input
 * @param width time frames of one input
 * @param layers ends in a {@link Layer.Branch} whose outputs are position (batch, 2) and sigma (batch, 2), in this order
 */
public record NetworkSpec(String name, int channels, int height, int width, Layer.Sequence layers) {

    /** Returns every tensor of the state, in the order of PyTorch's state dict (without num_batches_tracked). */
    public List<ParameterSpec> parameters() {
        return ParameterNames.of(this);
    }
}
