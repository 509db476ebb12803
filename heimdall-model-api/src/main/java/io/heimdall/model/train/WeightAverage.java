package io.heimdall.model.train;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exponential moving average of a run's weights, running statistics included.
 *
 * <p>After update {@code n}, counted from 1,
 * <pre>{@code
 * average = d average + (1 - d) weights,  d = min(decay, (1 + n) / (10 + n))
 * }</pre>
 * so that the first weights are soon forgotten, also by a slow average.
 *
 * @see <a href="https://doi.org/10.1137/0330046">Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992</a>
 */
final class WeightAverage {
    private final double decay;
    private final Weights average;

    private WeightAverage(double decay, Weights average) {
        this.decay = decay;
        this.average = average;
    }

    /** Returns an average that goes on from weights, which are copied. */
    static WeightAverage from(double decay, Weights weights) {
        return new WeightAverage(decay, copy(weights));
    }

    /**
     * Takes the weights after an update in.
     *
     * @param update its number, from 1
     */
    void add(Weights weights, long update) {
        double kept = Math.min(decay, (1.0 + update) / (10.0 + update));
        for (Map.Entry<String, FloatTensor> entry : average.tensors().entrySet()) {
            float[] mean = entry.getValue().values();
            float[] now = weights.tensors().get(entry.getKey()).values();
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (kept * mean[i] + (1 - kept) * now[i]);
            }
        }
    }

    /** Returns a copy of the average. */
    Weights weights() {
        return copy(average);
    }

    private static Weights copy(Weights weights) {
        Map<String, FloatTensor> copies = new LinkedHashMap<>();
        weights.tensors()
                .forEach((name, tensor) ->
                        copies.put(name, FloatTensor.of(tensor.values().clone(), tensor.shape())));
        return new Weights(copies);
    }
}
