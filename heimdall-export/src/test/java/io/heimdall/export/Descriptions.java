package io.heimdall.export;

import io.heimdall.export.ModelDescription.Axis;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.export.ModelDescription.Output;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.Prediction;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.util.List;
import java.util.Map;

/** What the tests export, and what it should compute. */
final class Descriptions {
    static final ModelDescription LITHUANIA = new ModelDescription(
            new Input("fft=2048 hop=512", List.of("Vilnius", "Kaunas \"K\""), -120, -61.25, 17.5),
            new Output(new LocalPlane(54.6872, 25.2797), new Axis(1200, 61_000), new Axis(-800, 43_000), 1.3),
            "0123456789abcdef0123456789abcdef",
            Map.of("dataset.fingerprint", "ffee"));

    private Descriptions() {}

    /** The network by its definitions, of standardised features. */
    static Prediction naive(NetworkSpec network, Weights weights, FloatTensor features) {
        int batch = features.rows();
        float[] position = new float[2 * batch];
        float[] sigma = new float[2 * batch];
        int size = features.values().length / batch;
        for (int row = 0; row < batch; row++) {
            double[][][] x = new double[network.channels()][network.height()][network.width()];
            for (int i = 0; i < size; i++) {
                int pixel = i % (network.height() * network.width());
                x[i / (network.height() * network.width())][pixel / network.width()][pixel % network.width()] =
                        features.values()[row * size + i];
            }
            List<double[]> outputs = NaiveNetwork.evaluate(network, weights, x);
            for (int axis = 0; axis < 2; axis++) {
                position[2 * row + axis] = (float) outputs.get(0)[axis];
                sigma[2 * row + axis] = (float) outputs.get(1)[axis];
            }
        }
        return new Prediction(FloatTensor.of(position, batch, 2), FloatTensor.of(sigma, batch, 2));
    }
}
