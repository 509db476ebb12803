package io.heimdall.model.train;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.network.ParameterSpec.Kind;
import io.heimdall.model.optimizer.AdamW;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.optimizer.Parameter;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A session in plain Java: four linear outputs of the features, with dropout on them and a running mean of them.
 *
 * <p>Small, but with everything that a resumed run must bring back: weights, moments, a statistic that is not trained,
 * and random draws by seed and step.
 */
public final class LinearSession implements TrainingSession {
    static final String FEATURES = "features";

    private static final OutputSpec OUTPUT = new IndependentNormalOutput();
    private static final float SIGMA_MIN = 1e-3f;
    private static final double KEPT = 0.9;

    private final int inputs;
    private final long seed;
    private final float[] weight;
    private final float[] bias = new float[4];
    private final float[] runningMean;
    private OptimizerState optimizer;

    /** Makes one with random weights, a function of the seed. */
    public LinearSession(int inputs, long seed) {
        this.inputs = inputs;
        this.seed = seed;
        this.weight = new float[4 * inputs];
        this.runningMean = new float[inputs];
        var random = new Random(seed);
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (0.1 * random.nextGaussian());
        }
        this.optimizer = OptimizerState.initial(List.of(
                new ParameterSpec("linear.weight", Kind.LINEAR_WEIGHT, 4, inputs),
                new ParameterSpec("linear.bias", Kind.LINEAR_BIAS, 4),
                new ParameterSpec("norm.running_mean", Kind.RUNNING_MEAN, inputs)));
    }

    @Override
    public StepResult step(List<Batch> parts, Loss loss, OptimizerStep step) {
        int rows = parts.stream().mapToInt(Batch::size).sum();
        float[] weightGradient = new float[weight.length];
        float[] biasGradient = new float[4];
        double value = 0;
        for (int part = 0; part < parts.size(); part++) {
            Batch batch = parts.get(part);
            double share = (double) batch.size() / rows;
            float[] x = drop(batch.inputs().get(FEATURES).values(), step.step() + 1_000_000L * part);
            double[] out = forward(x, batch.size());
            double[] gradient = new double[out.length];
            value += share * loss.evaluate(OUTPUT, out, batch.targets().values(), gradient);
            for (int at = 0; at < out.length; at++) {
                int k = at % 4;
                // softplus'(raw) = 1 - exp(-softplus(raw))
                double slope = share * (k < 2 ? gradient[at] : gradient[at] * (1 - Math.exp(SIGMA_MIN - out[at])));
                biasGradient[k] += (float) slope;
                for (int i = 0; i < inputs; i++) {
                    weightGradient[k * inputs + i] += (float) slope * x[at / 4 * inputs + i];
                }
            }
        }
        if (!Double.isFinite(value)) {
            return new StepResult(value, Double.NaN);
        }
        double norm = AdamW.update(
                List.of(
                        new Parameter("linear.weight", FloatBuffer.wrap(weight), FloatBuffer.wrap(weightGradient)),
                        new Parameter("linear.bias", FloatBuffer.wrap(bias), FloatBuffer.wrap(biasGradient))),
                optimizer,
                step,
                2);
        if (Double.isFinite(norm)) {
            optimizer = optimizer.at(step.step());
        }
        return new StepResult(value, norm);
    }

    private float[] drop(float[] features, long step) {
        var random = new Random(seed * 1_000_003 + step);
        float[] x = features.clone();
        for (int i = 0; i < x.length; i++) {
            runningMean[i % inputs] += 0.01f * (x[i] - runningMean[i % inputs]);
            x[i] = random.nextDouble() < KEPT ? x[i] - runningMean[i % inputs] : 0;
        }
        return x;
    }

    @Override
    public FloatTensor predict(Map<String, FloatTensor> batch) {
        float[] x = batch.get(FEATURES).values().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] -= runningMean[i % inputs];
        }
        double[] out = forward(x, x.length / inputs);
        FloatTensor numbers = FloatTensor.zeros(out.length / 4, 4);
        for (int i = 0; i < out.length; i++) {
            numbers.values()[i] = (float) out[i];
        }
        return numbers;
    }

    @Override
    public NetworkSpec network() {
        return new NetworkSpec(
                "linear",
                List.of(TensorSpec.floats(FEATURES, inputs)),
                Layer.Sequence.of(new Operation.Linear(inputs, 4)),
                OUTPUT,
                Map.of(NetworkSpec.BACKBONE, List.of("backbone.")));
    }

    private double[] forward(float[] x, int rows) {
        double[] out = new double[4 * rows];
        for (int at = 0; at < out.length; at++) {
            double sum = bias[at % 4];
            for (int i = 0; i < inputs; i++) {
                sum += (double) weight[at % 4 * inputs + i] * x[at / 4 * inputs + i];
            }
            out[at] = at % 4 < 2 ? (float) sum : (float) Math.log1p(Math.exp(sum)) + SIGMA_MIN;
        }
        return out;
    }

    @Override
    public Weights weights() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("linear.weight", FloatTensor.of(weight.clone(), 4, inputs));
        tensors.put("linear.bias", FloatTensor.of(bias.clone(), 4));
        tensors.put("norm.running_mean", FloatTensor.of(runningMean.clone(), inputs));
        return new Weights(tensors);
    }

    @Override
    public void load(Weights weights) {
        copy(weights, "linear.weight", weight);
        copy(weights, "linear.bias", bias);
        copy(weights, "norm.running_mean", runningMean);
    }

    private static void copy(Weights weights, String name, float[] to) {
        System.arraycopy(weights.tensors().get(name).values(), 0, to, 0, to.length);
    }

    @Override
    public OptimizerState optimizer() {
        return optimizer.copy();
    }

    @Override
    public void load(OptimizerState state) {
        optimizer = state.copy();
    }

    @Override
    public void close() {}
}
