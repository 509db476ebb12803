package io.heimdall.export;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A {@link ModelDescription} as the string pairs of a model file, and back. */
final class ModelMetadata {
    private static final String PREFIX = ModelDescription.OWN_KEYS;
    static final String FORMAT_VERSION = PREFIX + "format_version";
    static final String NETWORK = PREFIX + "network";
    static final String WEIGHTS_SHA256 = PREFIX + "weights_sha256";

    /** Grows when a reader of today would misread the file. */
    static final int VERSION = 1;

    private static final String PRODUCER = PREFIX + "input_producer";

    /** Names the producer in files of before there were several kinds of input. */
    private static final String FIRST_PRODUCER = PREFIX + "channel_layout";

    private static final String RUN = PREFIX + "training_run_id";
    private static final String OUTPUT = PREFIX + "output";
    private static final String LATITUDE = PREFIX + "plane_origin_latitude";
    private static final String LONGITUDE = PREFIX + "plane_origin_longitude";
    private static final String EAST_MEAN = PREFIX + "target_east_mean_m";
    private static final String EAST_DEVIATION = PREFIX + "target_east_deviation_m";
    private static final String NORTH_MEAN = PREFIX + "target_north_mean_m";
    private static final String NORTH_DEVIATION = PREFIX + "target_north_deviation_m";
    private static final String SIGMA_SCALE = PREFIX + "sigma_scale";

    /** All other keys with the prefix are parameters of the input's producer. */
    private static final Set<String> OWN = Set.of(
            FORMAT_VERSION,
            NETWORK,
            WEIGHTS_SHA256,
            PRODUCER,
            RUN,
            OUTPUT,
            LATITUDE,
            LONGITUDE,
            EAST_MEAN,
            EAST_DEVIATION,
            NORTH_MEAN,
            NORTH_DEVIATION,
            SIGMA_SCALE);

    private ModelMetadata() {}

    static Map<String, String> write(ModelDescription description, String network, String weightsSha256) {
        Map<String, String> pairs = new TreeMap<>(description.extra());
        description.input().parameters().forEach((key, value) -> {
            if (OWN.contains(PREFIX + key)) {
                throw new IllegalArgumentException(
                        "an input's parameter is called '" + key + "', which means something else in a model file");
            }
            pairs.put(PREFIX + key, value);
        });
        pairs.put(FORMAT_VERSION, Integer.toString(VERSION));
        pairs.put(NETWORK, network);
        pairs.put(WEIGHTS_SHA256, weightsSha256);
        pairs.put(RUN, description.runId());
        pairs.put(PRODUCER, description.input().producer());
        pairs.put(OUTPUT, description.output().text());
        PlaneScale scale = description.scale();
        pairs.put(LATITUDE, number(scale.plane().latitude()));
        pairs.put(LONGITUDE, number(scale.plane().longitude()));
        pairs.put(EAST_MEAN, number(scale.metres().offsetEast()));
        pairs.put(EAST_DEVIATION, number(scale.metres().scaleEast()));
        pairs.put(NORTH_MEAN, number(scale.metres().offsetNorth()));
        pairs.put(NORTH_DEVIATION, number(scale.metres().scaleNorth()));
        pairs.put(SIGMA_SCALE, number(description.sigmaScale()));
        return pairs;
    }

    /**
     * Reads a file's metadata.
     *
     * @param given the inputs that the file declares
     */
    static ModelDescription read(Map<String, String> pairs, List<TensorSpec> given) {
        String version = text(pairs, FORMAT_VERSION);
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ModelException(
                    "the model has format version " + version + ", this program reads version " + VERSION);
        }
        Map<String, String> parameters = new TreeMap<>();
        pairs.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !OWN.contains(key)) {
                parameters.put(key.substring(PREFIX.length()), value);
            }
        });
        PlaneScale scale = new PlaneScale(
                new LocalPlane(number(pairs, LATITUDE), number(pairs, LONGITUDE)),
                new AffineMap(
                        number(pairs, EAST_MEAN),
                        number(pairs, EAST_DEVIATION),
                        number(pairs, NORTH_MEAN),
                        number(pairs, NORTH_DEVIATION)));
        Map<String, String> extra = pairs.entrySet().stream()
                .filter(pair -> !pair.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new ModelDescription(
                new InputSpec(producer(pairs), parameters, given, List.of()),
                OutputSpec.parse(pairs.getOrDefault(OUTPUT, new IndependentNormalOutput().text())),
                scale,
                number(pairs, SIGMA_SCALE),
                text(pairs, RUN),
                extra);
    }

    private static String producer(Map<String, String> pairs) {
        return text(pairs, pairs.containsKey(PRODUCER) ? PRODUCER : FIRST_PRODUCER);
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    private static double number(Map<String, String> pairs, String key) {
        String text = text(pairs, key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ModelException("the model's metadata " + key + " is '" + text + "', not a number", e);
        }
    }

    private static String text(Map<String, String> pairs, String key) {
        String text = pairs.get(key);
        if (text == null) {
            throw new ModelException("the model has no metadata " + key
                    + ": it was not exported by Heimdall, or by an incompatible release");
        }
        return text;
    }
}
