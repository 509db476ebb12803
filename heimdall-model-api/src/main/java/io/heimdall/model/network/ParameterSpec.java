package io.heimdall.model.network;

/**
 * One tensor of a network's state.
 *
 * @param name as PyTorch's state dict has it: {@code backbone.layer1.0.conv1.weight}
 * @param kind of tensor
 * @param shape length of each axis
 */
public record ParameterSpec(String name, Kind kind, int... shape) {

    /** What a tensor is to its layer. */
    public enum Kind {
        CONV_WEIGHT,
        LINEAR_WEIGHT,
        LINEAR_BIAS,
        EMBEDDING,
        NORM_WEIGHT,
        NORM_BIAS,
        RUNNING_MEAN,
        RUNNING_VAR;

        /** Returns whether the optimiser moves it; running statistics are moved by the forward pass. */
        public boolean trained() {
            return this != RUNNING_MEAN && this != RUNNING_VAR;
        }
    }
}
