package io.heimdall.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.network.ParameterSpec.Kind;
import io.heimdall.model.optimizer.OptimizerState.Moments;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final OptimizerStep FIRST = new OptimizerStep(1, 1e-3, 1e-2, Double.POSITIVE_INFINITY);

    @Test
    void followsTheDefinitionOverManyStepsAndOddSizes() {
        int[] sizes = {1, 3, 4095, 4096, 4097, 12_289};
        var model = Model.of(7, sizes);
        double[][] w = doubles(model.weights);
        double[][] m = zeros(sizes);
        double[][] v = zeros(sizes);
        for (int t = 1; t <= 20; t++) {
            var step = new OptimizerStep(t, 1e-3 * t, 0.1, t % 2 == 0 ? 0.7 : 1e9);
            model.gradients(t);
            double norm = reference(w, doubles(model.gradients), m, v, step);
            assertThat(AdamW.update(model.parameters, model.state, step, 2)).isEqualTo(norm, within(norm * 1e-12));
        }
        for (int p = 0; p < sizes.length; p++) {
            for (int i = 0; i < sizes[p]; i++) {
                assertThat((double) model.weights[p][i]).isEqualTo(w[p][i], within(3e-6));
                assertThat((double) model.moments(p).first()[i]).isEqualTo(m[p][i], within(1e-6));
                assertThat((double) model.moments(p).second()[i]).isEqualTo(v[p][i], within(1e-6 * v[p][i] + 1e-12));
            }
        }
    }

    @Test
    void correctsBiasByTheUpdateAndNotByTheStep() {
        var late = Model.of(7, 100);
        var first = Model.of(7, 100);
        late.gradients(1);
        first.gradients(1);
        AdamW.update(late.parameters, late.state, new OptimizerStep(40, 1e-3, 1e-2, 1e9, 1, List.of()), 1);
        AdamW.update(first.parameters, first.state, new OptimizerStep(1, 1e-3, 1e-2, 1e9), 1);
        assertThat(late.weights).isDeepEqualTo(first.weights);
        var ahead = new OptimizerStep(1, 1e-3, 1e-2, 1, 2, List.of());
        assertThatThrownBy(() -> AdamW.update(first.parameters, first.state, ahead, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("update 2 is not in 1..1");
    }

    @Test
    void followsTheDefinitionInDoublePrecision() {
        int[] sizes = {1, 3, 5000};
        var model = Model.of(7, sizes);
        double[][] expected = doubles(model.weights);
        double[][] w = doubles(model.weights);
        double[][] m = zeros(sizes);
        double[][] v = zeros(sizes);
        for (int t = 1; t <= 5; t++) {
            var step = new OptimizerStep(t, 1e-3 * t, 0.1, t % 2 == 0 ? 0.7 : 1e9);
            model.gradients(t);
            double norm = reference(expected, doubles(model.gradients), m, v, step);
            var parameters = doubleParameters(w, doubles(model.gradients));
            assertThat(DoubleAdamW.update(parameters, model.state, step)).isEqualTo(norm, within(norm * 1e-14));
        }
        for (int p = 0; p < sizes.length; p++) {
            assertThat(w[p]).containsExactly(expected[p], within(1e-8)); // the steps are 1e-3, their moments floats
        }
    }

    @Test
    void changesNothingInDoublePrecisionEitherWhenAGradientIsNotFinite() {
        var model = Model.of(1, 6);
        double[][] w = {{1, 2, 3, 4, 5, 6}};
        var lost = doubleParameters(w, new double[][] {{0, 0, Double.NaN, 0, 0, 0}});
        assertThat(DoubleAdamW.update(lost, model.state, FIRST)).isNaN();
        assertThat(w[0]).containsExactly(1, 2, 3, 4, 5, 6);
        var longer = doubleParameters(new double[1][7], new double[1][7]);
        assertThatThrownBy(() -> DoubleAdamW.update(longer, model.state, FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p0 has 7 weights");
    }

    private static List<DoubleParameter> doubleParameters(double[][] weights, double[][] gradients) {
        var parameters = new ArrayList<DoubleParameter>();
        for (int p = 0; p < weights.length; p++) {
            parameters.add(
                    new DoubleParameter("p" + p, DoubleBuffer.wrap(weights[p]), DoubleBuffer.wrap(gradients[p])));
        }
        return parameters;
    }

    @Test
    void movesEachWeightByTheLearningRateAtTheFirstStep() {
        float[] weight = {1, -2};
        float[] gradient = {1e-3f, -5};
        var state = new OptimizerState(0, Map.of("w", new Moments(new float[2], new float[2])));
        double norm = AdamW.update(List.of(parameter("w", weight, gradient)), state, FIRST, 1);
        // m / (1 - b1) = g and sqrt(v / (1 - b2)) = |g|, so the step is a sign, after the decay of 1e-5.
        assertThat(weight[0]).isEqualTo((float) (1 * (1 - 1e-5) - 1e-3 * 1e-3 / (1e-3 + 1e-8)), within(2e-7f));
        assertThat(weight[1]).isEqualTo((float) (-2 * (1 - 1e-5) + 1e-3), within(3e-7f));
        assertThat(norm).isEqualTo(Math.hypot(1e-3f, 5), within(1e-12));
    }

    @Test
    void addsEpsilonAfterBiasCorrection() {
        float[] weight = {0};
        var state = new OptimizerState(0, Map.of("w", new Moments(new float[1], new float[1])));
        AdamW.update(
                List.of(parameter("w", weight, new float[] {1e-8f})),
                state,
                new OptimizerStep(1, 1, 0, Double.POSITIVE_INFINITY),
                1);
        // Before the correction it would be 0.1e-8 / 0.1 / (3.2e-10 / 0.0316 + 1e-8 / 0.0316) = 0.03.
        assertThat(weight[0]).isEqualTo(-0.5f, within(1e-5f));
    }

    @Test
    void hasTheSameBitsForAnyNumberOfThreads() {
        var one = Model.of(3, 50_001, 17, 9000);
        var many = Model.of(3, 50_001, 17, 9000);
        for (int t = 1; t <= 5; t++) {
            one.gradients(t);
            many.gradients(t);
            var step = new OptimizerStep(t, 1e-2, 1e-4, 1.0);
            assertThat(AdamW.update(one.parameters, one.state, step, 1))
                    .isEqualTo(AdamW.update(many.parameters, many.state, step, 1 + 2 * t));
        }
        assertThat(many.weights).isDeepEqualTo(one.weights);
        for (int p = 0; p < one.weights.length; p++) {
            assertThat(many.moments(p).first()).isEqualTo(one.moments(p).first());
            assertThat(many.moments(p).second()).isEqualTo(one.moments(p).second());
        }
    }

    @Test
    void worksOnAnEnginesOwnMemory() {
        var heap = Model.of(5, 5000);
        FloatBuffer direct =
                ByteBuffer.allocateDirect(20_000).order(ByteOrder.nativeOrder()).asFloatBuffer();
        direct.put(0, heap.weights[0]);
        heap.gradients(1);
        var state = Model.of(5, 5000).state;
        AdamW.update(List.of(new Parameter("p0", direct, FloatBuffer.wrap(heap.gradients[0]))), state, FIRST, 2);
        AdamW.update(heap.parameters, heap.state, FIRST, 2);
        float[] result = new float[5000];
        direct.get(0, result);
        assertThat(result).isEqualTo(heap.weights[0]);
        assertThat(direct.position()).isZero();
    }

    @Test
    void changesNothingWhenAGradientIsNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            var model = Model.of(1, 6000, 5);
            model.gradients(1);
            model.gradients[0][5999] = bad;
            float[] before = model.weights[1].clone();
            assertThat(AdamW.update(model.parameters, model.state, FIRST, 2)).isNotFinite();
            assertThat(model.weights[1]).isEqualTo(before);
            assertThat(model.moments(1).first()).containsOnly(0);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        var model = Model.of(1, 4);
        var unknown = List.of(parameter("other", new float[4], new float[4]));
        assertThatThrownBy(() -> AdamW.update(unknown, model.state, FIRST, 1)).hasMessageContaining("other");
        var longer = List.of(parameter("p0", new float[5], new float[5]));
        assertThatThrownBy(() -> AdamW.update(longer, model.state, FIRST, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p0 has 5 weights");
        for (var bad : List.of(
                new OptimizerStep(0, 1, 0, 1),
                new OptimizerStep(1, Double.NaN, 0, 1),
                new OptimizerStep(1, 1, -1, 1),
                new OptimizerStep(1, 1, 0, 0))) {
            assertThatThrownBy(() -> AdamW.update(model.parameters, model.state, bad, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> AdamW.update(model.parameters, model.state, FIRST, 0))
                .hasMessageContaining("threads 0");
    }

    @Test
    void initialStateHasZerosForTrainedTensorsOnly() {
        var state = OptimizerState.initial(List.of(
                new ParameterSpec("a.weight", Kind.LINEAR_WEIGHT, 2, 3),
                new ParameterSpec("b.running_mean", Kind.RUNNING_MEAN, 4)));
        assertThat(state.step()).isZero();
        assertThat(state.moments()).containsOnlyKeys("a.weight");
        assertThat(state.moments().get("a.weight").first()).isEqualTo(new float[6]);
        var copy = state.copy().at(3);
        copy.moments().get("a.weight").second()[0] = 1;
        assertThat(state.moments().get("a.weight").second()[0]).isZero();
        assertThat(copy.step()).isEqualTo(3);
    }

    private static double reference(double[][] w, double[][] g, double[][] m, double[][] v, OptimizerStep s) {
        double norm = Math.sqrt(
                Arrays.stream(g).flatMapToDouble(Arrays::stream).map(x -> x * x).sum());
        double clip = Math.min(1, s.clipNorm() / (norm + 1e-6));
        for (int p = 0; p < w.length; p++) {
            for (int i = 0; i < w[p].length; i++) {
                double x = g[p][i] * clip;
                m[p][i] = 0.9 * m[p][i] + 0.1 * x;
                v[p][i] = 0.999 * v[p][i] + 0.001 * x * x;
                double mHat = m[p][i] / (1 - Math.pow(0.9, s.step()));
                double vHat = v[p][i] / (1 - Math.pow(0.999, s.step()));
                w[p][i] = w[p][i] * (1 - s.learningRate() * s.weightDecay())
                        - s.learningRate() * mHat / (Math.sqrt(vHat) + 1e-8);
            }
        }
        return norm;
    }

    private static double[][] doubles(float[][] values) {
        double[][] out = new double[values.length][];
        for (int p = 0; p < values.length; p++) {
            out[p] = new double[values[p].length];
            for (int i = 0; i < out[p].length; i++) {
                out[p][i] = values[p][i];
            }
        }
        return out;
    }

    private static double[][] zeros(int[] sizes) {
        return Arrays.stream(sizes).mapToObj(double[]::new).toArray(double[][]::new);
    }

    private static Parameter parameter(String name, float[] weight, float[] gradient) {
        return new Parameter(name, FloatBuffer.wrap(weight), FloatBuffer.wrap(gradient));
    }

    private record Model(float[][] weights, float[][] gradients, List<Parameter> parameters, OptimizerState state) {
        static Model of(long seed, int... sizes) {
            var random = new Random(seed);
            var parameters = new ArrayList<Parameter>();
            Map<String, Moments> moments = new LinkedHashMap<>();
            float[][] weights = new float[sizes.length][];
            float[][] gradients = new float[sizes.length][];
            for (int p = 0; p < sizes.length; p++) {
                weights[p] = new float[sizes[p]];
                gradients[p] = new float[sizes[p]];
                for (int i = 0; i < sizes[p]; i++) {
                    weights[p][i] = (float) random.nextGaussian();
                }
                parameters.add(parameter("p" + p, weights[p], gradients[p]));
                moments.put("p" + p, new Moments(new float[sizes[p]], new float[sizes[p]]));
            }
            return new Model(weights, gradients, parameters, new OptimizerState(0, moments));
        }

        void gradients(long step) {
            var random = new Random(step);
            for (float[] gradient : gradients) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = (float) (random.nextGaussian() * 0.1 + 0.05);
                }
            }
        }

        Moments moments(int p) {
            return state.moments().get("p" + p);
        }
    }
}
