package io.heimdall.export;

import io.heimdall.model.LocalPlane;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file says beside its weights: how its input is made and what its output means.
 *
 * <p>Every number that a client could get wrong is a node of the graph; all of it stands in the file's metadata too,
 * from which {@link OnnxLocalizer#description()} reads it back.
 *
 * @param input how recordings become input
 * @param output how standardised offsets become degrees
 * @param runId of the training run that made the weights; empty when there was none
 * @param extra further metadata, such as the dataset's fingerprint; keys must not begin with {@code heimdall.}
 */
public record ModelDescription(Input input, Output output, String runId, Map<String, String> extra) {

    /** Checks the keys and copies the map. */
    public ModelDescription {
        for (String key : extra.keySet()) {
            if (key.isEmpty() || key.startsWith(ModelMetadata.PREFIX)) {
                throw new IllegalArgumentException(
                        "metadata key '" + key + "' is empty or begins with '" + ModelMetadata.PREFIX + "'");
            }
        }
        extra = Map.copyOf(new TreeMap<>(extra));
    }

    /**
     * The input of a network.
     *
     * @param features canonical text of the feature parameters
     * @param stations name of each channel's station; empty when one receiver's spectrogram fills all channels
     * @param absentDb what fills the channel of a station that heard nothing, decibels
     * @param meanDb of the training split, decibels
     * @param deviationDb standard deviation of the training split, decibels, above 0
     */
    public record Input(String features, List<String> stations, double absentDb, double meanDb, double deviationDb) {

        /** Checks the numbers and copies the list. */
        public Input {
            finite("absentDb", absentDb);
            finite("meanDb", meanDb);
            positive("deviationDb", deviationDb);
            stations = List.copyOf(stations);
        }
    }

    /**
     * The output of a network.
     *
     * @param plane that offsets are measured in
     * @param east statistics of the training split's east offsets
     * @param north statistics of the training split's north offsets
     * @param sigmaScale what the predicted deviations are multiplied by, fitted on the validation split; above 0
     */
    public record Output(LocalPlane plane, Axis east, Axis north, double sigmaScale) {

        /** Checks the scale. */
        public Output {
            positive("sigmaScale", sigmaScale);
        }
    }

    /**
     * Mean and deviation of one coordinate.
     *
     * @param meanM metres
     * @param deviationM standard deviation, metres, above 0
     */
    public record Axis(double meanM, double deviationM) {

        /** Checks both numbers. */
        public Axis {
            finite("meanM", meanM);
            positive("deviationM", deviationM);
        }
    }

    private static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number");
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number above 0");
        }
    }
}
