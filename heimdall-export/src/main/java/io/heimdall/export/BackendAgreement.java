package io.heimdall.export;

import io.heimdall.export.ModelDescription.Input;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Whether a model file says what the backend that trained it says.
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
     * @param melDb decibels, shape (batch, channels, mels, frames)
     * @param backend from standardised features to the network's standardised outputs, in evaluation mode
     * @throws ModelException if they differ by more; the message says where and by how much
     * @throws IOException if the file cannot be read
     */
    public static BackendAgreement check(Path file, FloatTensor melDb, Function<FloatTensor, Prediction> backend)
            throws IOException {
        OnnxStructure.check(file);
        try (OnnxLocalizer localizer = OnnxLocalizer.open(file)) {
            ModelDescription description = localizer.description();
            DegreeScale scale = DegreeScale.of(description.output());
            Prediction expected = backend.apply(standardised(melDb, description.input()));
            double largest = compare(file, scale, expected, localizer.predict(melDb));
            largest = Math.max(largest, compare(file, scale, expected, localizer.predict(firstRow(melDb))));
            return new BackendAgreement(largest);
        }
    }

    private static double compare(Path file, DegreeScale scale, Prediction expected, List<Location> found) {
        double largest = 0;
        for (int row = 0; row < found.size(); row++) {
            Location location = found.get(row);
            double[] position = {location.latitude(), location.longitude()};
            double[] sigma = {location.sigmaLatitude(), location.sigmaLongitude()};
            for (int axis = 0; axis < 2; axis++) {
                // The network's axes are east and north, the file's are latitude and longitude.
                int column = 2 * row + 1 - axis;
                double degrees = scale.origin()[axis]
                        + scale.scale()[axis] * expected.position().values()[column];
                double deviation = scale.sigmaScale()[axis] * expected.sigma().values()[column];
                String what = "row " + row + (axis == 0 ? ", latitude" : ", longitude");
                largest = Math.max(largest, difference(file, what, position[axis], degrees, scale.scale()[axis]));
                largest = Math.max(
                        largest, difference(file, what + " sigma", sigma[axis], deviation, scale.sigmaScale()[axis]));
            }
        }
        return largest;
    }

    private static double difference(Path file, String what, double found, double expected, double scale) {
        double rounding = 2 * Math.ulp((float) expected);
        double difference = Math.max(0, Math.abs(found - expected) - rounding) / scale;
        if (!(difference <= TOLERANCE)) {
            throw new ModelException(String.format(
                    Locale.ROOT,
                    "%s: disagrees with the backend in %s: %.9g degrees in ONNX Runtime, %.9g in the backend; the"
                            + " difference is %.2g of the output's scale, allowed is %.0g",
                    file,
                    what,
                    found,
                    expected,
                    difference,
                    TOLERANCE));
        }
        return difference;
    }

    private static FloatTensor standardised(FloatTensor melDb, Input input) {
        float mean = (float) input.meanDb();
        float deviation = (float) input.deviationDb();
        float[] values = new float[melDb.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (melDb.values()[i] - mean) / deviation;
        }
        return FloatTensor.of(values, melDb.shape());
    }

    private static FloatTensor firstRow(FloatTensor melDb) {
        int[] shape = melDb.shape().clone();
        int length = melDb.values().length / shape[0];
        shape[0] = 1;
        return FloatTensor.of(Arrays.copyOf(melDb.values(), length), shape);
    }
}
