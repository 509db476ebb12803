package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.ModelException;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.Axis;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.output.PlaneScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The comparison of a model file's outputs with those of the backend that trained it.
 *
 * @param largest difference found, in units of the output's scale
 */
public record BackendAgreement(double largest) {
    /** Largest difference allowed, in units of the output's scale: the deviation of the training positions. */
    public static final double TOLERANCE = 1e-4;

    /**
     * Runs the file and the backend on the same input, as one batch and as a batch of one.
     *
     * <p>Degrees near 50 have a resolution of 4e-6 in 32 bits, which is allowed beside {@link #TOLERANCE}.
     *
     * @param file the exported model
     * @param description that it was exported with
     * @param given what a client gives, by name, each of shape (batch, axes...)
     * @param backend from the network's inputs to the numbers of its last layer, in evaluation mode
     * @throws ModelException if they differ by more, or an output has not the shape that the file declares; the message says
     *     where and by how much
     * @throws IOException if the file cannot be read
     */
    public static BackendAgreement check(
            Path file,
            ModelDescription description,
            Map<String, FloatTensor> given,
            Function<Map<String, FloatTensor>, FloatTensor> backend)
            throws IOException {
        return check(file, description, Optional.empty(), given, backend);
    }

    /**
     * Runs the file of a network and the evidence beside it, and the backend, as the other method does.
     *
     * @throws ModelException as the other method does
     * @throws IOException as the other method does
     */
    public static BackendAgreement check(
            Path file,
            ModelDescription description,
            Optional<LogPool> pool,
            Map<String, FloatTensor> given,
            Function<Map<String, FloatTensor>, FloatTensor> backend)
            throws IOException {
        return check(file, description, given, () -> {
            Map<String, FloatTensor> inputs = description.input().prepare(given);
            return distributions(description, backend.apply(inputs), pool, inputs);
        });
    }

    /**
     * Runs the file and holds it against what the backend has said, as the other method does.
     *
     * @param expected of each row of {@code given}, metres on the description's plane
     * @throws ModelException as the other method does
     * @throws IOException if the file cannot be read
     */
    public static BackendAgreement check(
            Path file,
            ModelDescription description,
            Map<String, FloatTensor> given,
            List<? extends GaussianDistribution> expected)
            throws IOException {
        return check(file, description, given, () -> expected);
    }

    private static BackendAgreement check(
            Path file,
            ModelDescription description,
            Map<String, FloatTensor> given,
            Supplier<List<? extends GaussianDistribution>> backend)
            throws IOException {
        OnnxStructure.check(file);
        try (OnnxModel model = OnnxModel.open(file)) {
            checkShapes(file, model.outputs(given));
            List<? extends GaussianDistribution> expected = backend.get();
            double largest = compare(file, description, expected, model.predict(given));
            Map<String, FloatTensor> first = firstRow(given);
            return new BackendAgreement(Math.max(largest, compare(file, description, expected, model.predict(first))));
        }
    }

    /**
     * Returns what the numbers of a network's last layer mean.
     *
     * @param numbers (batch, width)
     * @return a distribution for each row, metres on the description's plane
     */
    public static List<GaussianDistribution> distributions(ModelDescription description, FloatTensor numbers) {
        return distributions(description, numbers, Optional.empty(), Map.of());
    }

    /**
     * Returns what the numbers of a network's last layer mean, pooled with the evidence beside it.
     *
     * @param numbers (batch, width)
     * @param inputs that the network has read
     * @return a distribution for each row, metres on the description's plane
     */
    public static List<GaussianDistribution> distributions(
            ModelDescription description,
            FloatTensor numbers,
            Optional<LogPool> pool,
            Map<String, FloatTensor> inputs) {
        OutputSpec output = description.output();
        double[] row = new double[output.width()];
        List<GaussianDistribution> distributions = new ArrayList<>();
        for (int i = 0; i < numbers.rows(); i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = numbers.values()[i * row.length + j];
            }
            int at = i;
            GaussianDistribution network =
                    output.distribution(row, 0).map(description.scale().metres());
            GaussianDistribution pooled = pool.<GaussianDistribution>map(p -> p.of(network, inputs, at))
                    .orElse(network);
            distributions.add(pooled.withSigmasTimes(description.sigmaScale()));
        }
        return distributions;
    }

    /** ONNX Runtime does not look whether an output has the shape that the file declares. */
    private static void checkShapes(Path file, Map<String, FloatTensor> outputs) throws IOException {
        Map<String, int[]> declared = OnnxStructure.declaredOutputs(file);
        outputs.forEach((name, tensor) -> {
            int[] shape = declared.get(name);
            boolean same = shape.length == tensor.shape().length;
            for (int i = 0; same && i < shape.length; i++) {
                same = shape[i] == Axis.FREE || shape[i] == tensor.shape()[i];
            }
            if (!same) {
                throw new ModelException(file + ": output '" + name + "' is declared as " + Arrays.toString(shape)
                        + " and has shape " + Arrays.toString(tensor.shape()));
            }
        });
    }

    private static double compare(
            Path file,
            ModelDescription description,
            List<? extends GaussianDistribution> expected,
            List<Location> found) {
        double largest = 0;
        for (int i = 0; i < found.size(); i++) {
            Comparison comparison = new Comparison(file, "row " + i, description);
            largest = Math.max(largest, comparison.largest(expected.get(i), found.get(i)));
        }
        return largest;
    }

    private static Map<String, FloatTensor> firstRow(Map<String, FloatTensor> batch) {
        Map<String, FloatTensor> first = new LinkedHashMap<>();
        batch.forEach((name, tensor) -> {
            int[] shape = tensor.shape().clone();
            int length = tensor.values().length / shape[0];
            shape[0] = 1;
            first.put(name, FloatTensor.of(Arrays.copyOf(tensor.values(), length), shape));
        });
        return first;
    }

    /** One row of the file against the same row of the backend. */
    private record Comparison(Path file, String what, ModelDescription description) {

        double largest(GaussianDistribution expected, Location found) {
            PlaneScale scale = description.scale();
            LocalPlane plane = scale.plane();
            double sigmaFactor = description.sigmaScale();
            PlanePoint mean = expected.mean();
            Covariance covariance = expected.covariance();
            double north = Math.abs(scale.metres().scaleNorth()) / plane.metresPerDegreeNorth();
            double east = Math.abs(scale.metres().scaleEast()) / plane.metresPerDegreeEast();
            double largest = difference("latitude", found.latitude(), plane.latitudeOf(mean.north()), north);
            largest =
                    Math.max(largest, difference("longitude", found.longitude(), plane.longitudeOf(mean.east()), east));
            double sigmaNorth = covariance.sigmaNorth() / plane.metresPerDegreeNorth();
            double sigmaEast = covariance.sigmaEast() / plane.metresPerDegreeEast();
            largest = Math.max(
                    largest, difference("latitude sigma", found.sigmaLatitude(), sigmaNorth, north * sigmaFactor));
            largest = Math.max(
                    largest, difference("longitude sigma", found.sigmaLongitude(), sigmaEast, east * sigmaFactor));
            Covariance ofFile = found.density().covariance();
            double unit = Math.abs(scale.metres().scaleEast() * scale.metres().scaleNorth());
            double area = Math.max(sigmaFactor * sigmaFactor * unit, covariance.sigmaEast() * covariance.sigmaNorth());
            double rounding = degreeRounding(plane) * (covariance.sigmaEast() + covariance.sigmaNorth());
            return Math.max(
                    largest, difference("covariance", ofFile.eastNorth(), covariance.eastNorth(), rounding, area));
        }

        /** The places of a mixture's components are in degrees too: returns how many metres 32 bits of them do not tell apart. */
        private static double degreeRounding(LocalPlane plane) {
            return 2
                    * Math.max(
                            Math.ulp((float) plane.latitude()) * plane.metresPerDegreeNorth(),
                            Math.ulp((float) plane.longitude()) * plane.metresPerDegreeEast());
        }

        private double difference(String name, double found, double expected, double scale) {
            return difference(name, found, expected, 2 * Math.ulp((float) expected), scale);
        }

        private double difference(String name, double found, double expected, double rounding, double scale) {
            double difference = Math.max(0, Math.abs(found - expected) - rounding) / scale;
            if (!(difference <= TOLERANCE)) {
                throw new ModelException(String.format(
                        Locale.ROOT,
                        "%s: disagrees with the backend in %s, %s: %.9g in ONNX Runtime, %.9g in the backend; the"
                                + " difference is %.2g of the output's scale, allowed is %.0g",
                        file,
                        what,
                        name,
                        found,
                        expected,
                        difference,
                        TOLERANCE));
            }
            return difference;
        }
    }
}
