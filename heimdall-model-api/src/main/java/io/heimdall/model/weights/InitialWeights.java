package io.heimdall.model.weights;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Draws the weights of a new network.
 *
 * <p>SplitMix64 and StrictMath stand here instead of java.util.Random's descendants and Math, whose Gaussian algorithm
 * and last bits may change between releases and machines.
 */
final class InitialWeights {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private long state;

    private InitialWeights(long seed, String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        state = mix(seed + GOLDEN_GAMMA) ^ hash;
    }

    static Map<String, FloatTensor> of(NetworkSpec network, long seed) {
        var tensors = new LinkedHashMap<String, FloatTensor>();
        int linearInputs = 0;
        for (ParameterSpec spec : network.parameters()) {
            if (spec.kind() == ParameterSpec.Kind.LINEAR_WEIGHT) {
                linearInputs = spec.shape()[1]; // the bias, which follows its weight, is scaled by it too
            }
            var draws = new InitialWeights(seed, spec.name());
            FloatTensor tensor = FloatTensor.zeros(spec.shape());
            draws.fill(tensor.values(), spec, linearInputs);
            tensors.put(spec.name(), tensor);
        }
        return tensors;
    }

    private void fill(float[] values, ParameterSpec spec, int linearInputs) {
        switch (spec.kind()) {
            case CONV_WEIGHT -> {
                int[] shape = spec.shape();
                fillNormal(values, Math.sqrt(2.0 / ((double) shape[0] * shape[2] * shape[3])));
            }
            case LINEAR_WEIGHT, LINEAR_BIAS -> fillUniform(values, 1 / Math.sqrt(linearInputs));
            case EMBEDDING -> fillNormal(values, 1);
            case NORM_WEIGHT, RUNNING_VAR -> Arrays.fill(values, 1f);
            case NORM_BIAS, RUNNING_MEAN -> Arrays.fill(values, 0f);
        }
    }

    private void fillUniform(float[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * uniform());
        }
    }

    /** Marsaglia's polar method, two values for each accepted point. */
    private void fillNormal(float[] values, double deviation) {
        for (int i = 0; i < values.length; i += 2) {
            double x;
            double y;
            double square;
            do {
                x = uniform();
                y = uniform();
                square = x * x + y * y;
            } while (square >= 1 || square == 0);
            double scale = deviation * Math.sqrt(-2 * StrictMath.log(square) / square);
            values[i] = (float) (scale * x);
            if (i + 1 < values.length) {
                values[i + 1] = (float) (scale * y);
            }
        }
    }

    /** Returns a value in [-1, 1). */
    private double uniform() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1p-52 - 1;
    }

    private static long mix(long x) {
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
