package io.heimdall.model.network;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import java.util.Arrays;
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

    /**
     * Returns the network of a name.
     *
     * @param name {@code resnet18}, {@code resnet34} or {@code small}
     * @param channels of one input, at least 1
     * @throws IllegalArgumentException if there is no network of that name
     */
    public static NetworkSpec named(String name, int channels) {
        return LocalizationNet.named(name, channels);
    }

    /** Returns the names that {@link #named} knows, the default first. */
    public static List<String> names() {
        return LocalizationNet.NAMES;
    }

    /** Returns the same layers for inputs of another size. */
    public NetworkSpec withInput(int height, int width) {
        return new NetworkSpec(name, channels, height, width, layers);
    }

    /**
     * Checks that {@code features} is a batch for this network.
     *
     * @param features shape (batch, channels, height, width), at least one row
     * @throws IllegalArgumentException with both shapes if it is not
     */
    public void checkFeatures(FloatTensor features) {
        int[] shape = features.shape();
        boolean fits =
                shape.length == 4 && shape[0] > 0 && shape[1] == channels && shape[2] == height && shape[3] == width;
        if (!fits) {
            throw new IllegalArgumentException("features of shape " + Arrays.toString(shape) + "; network " + name
                    + " takes [batch, " + channels + ", " + height + ", " + width + "]");
        }
    }

    /**
     * Checks that {@code features} can be predicted from.
     *
     * @throws IllegalArgumentException if {@link #checkFeatures} refuses them or a value is not finite; the message names
     *     the row
     */
    public void checkPredictable(FloatTensor features) {
        checkFeatures(features);
        int at = notFinite(features);
        if (at >= 0) {
            int length = features.values().length / features.rows();
            throw new IllegalArgumentException(
                    "row " + at / length + " has the feature " + features.values()[at] + " at index " + at % length);
        }
    }

    /**
     * Checks that a training step can be done on {@code batch}.
     *
     * @throws IllegalArgumentException if it has one row only (batch norm needs a variance), a shape that is not the
     *     network's, or a value that is not finite; the message names the session
     */
    public void checkTrainable(Batch batch) {
        checkFeatures(batch.features());
        int[] targets = batch.targets().shape();
        if (targets.length != 2 || targets[1] != 2) {
            throw new IllegalArgumentException(
                    "targets of shape " + Arrays.toString(targets) + "; they are [batch, 2], east and north");
        }
        if (batch.size() < 2) {
            throw new IllegalArgumentException("a batch of 1 row; batch norm needs at least 2 rows to train");
        }
        checkFinite("feature", batch.features(), batch);
        checkFinite("target", batch.targets(), batch);
    }

    private static void checkFinite(String what, FloatTensor tensor, Batch batch) {
        int at = notFinite(tensor);
        if (at >= 0) {
            int length = tensor.values().length / batch.size();
            throw new IllegalArgumentException("session " + batch.sessionIds().get(at / length) + " has the " + what
                    + " " + tensor.values()[at] + " at index " + at % length);
        }
    }

    private static int notFinite(FloatTensor tensor) {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Returns every tensor of the state, in the order of PyTorch's state dict (without num_batches_tracked). */
    public List<ParameterSpec> parameters() {
        return ParameterNames.of(this);
    }
}
