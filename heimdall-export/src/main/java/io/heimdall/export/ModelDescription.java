package io.heimdall.export;

import io.heimdall.model.input.InputSpec;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file says beside its weights: how its input is made and what its output means.
 *
 * <p>Every number that a client could get wrong is a node of the graph; all of it stands in the file's metadata too,
 * from which {@link OnnxModel#description()} reads it back.
 *
 * @param input what a client gives, and what the network reads of it
 * @param output what the numbers of the network's last layer mean
 * @param scale from the network's units to metres and degrees
 * @param sigmaScale what the predicted deviations are multiplied by, fitted on the validation split; above 0
 * @param runId of the training run that made the weights; empty when there was none
 * @param extra further metadata, such as the dataset's fingerprint; keys must not begin with {@code heimdall.}
 */
public record ModelDescription(
        InputSpec input,
        OutputSpec output,
        PlaneScale scale,
        double sigmaScale,
        String runId,
        Map<String, String> extra) {

    /** How the keys begin that a model file has of its own. */
    static final String OWN_KEYS = "heimdall.";

    /** Checks the scale and the keys, and copies the map. */
    public ModelDescription {
        if (!(sigmaScale > 0) || Double.isInfinite(sigmaScale)) {
            throw new IllegalArgumentException("sigmaScale " + sigmaScale + " is not a finite number above 0");
        }
        for (String key : extra.keySet()) {
            if (key.isEmpty() || key.startsWith(OWN_KEYS)) {
                throw new IllegalArgumentException(
                        "metadata key '" + key + "' is empty or begins with '" + OWN_KEYS + "'");
            }
        }
        extra = Map.copyOf(new TreeMap<>(extra));
    }

    /** Returns the same description with another scale of the deviations. */
    public ModelDescription withSigmaScale(double scale) {
        return new ModelDescription(input, output, this.scale, scale, runId, extra);
    }

    /** Returns the same description with another pair of metadata, in place of one of the same key. */
    public ModelDescription with(String key, String value) {
        Map<String, String> more = new TreeMap<>(extra);
        more.put(key, value);
        return new ModelDescription(input, output, scale, sigmaScale, runId, more);
    }
}
