package io.heimdall.model.optimizer;

import io.heimdall.model.optimizer.OptimizerState.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * AdamW as {@code torch.optim.AdamW} computes it in float32, with {@code clip_grad_norm_} before it.
 *
 * <p>With gradient {@code g}, moments {@code m} and {@code v}, learning rate {@code a}, decay {@code d}, update {@code t}
 * and the global norm {@code |g|} over all parameters:
 *
 * <pre>{@code
 * g = g min(1, clipNorm / (|g| + 1e-6))
 * w = w (1 - a d)
 * m = m + 0.1 (g - m)
 * v = 0.999 v + 0.001 g g
 * w = w - a / (1 - 0.9^t) m / (sqrt(v) / sqrt(1 - 0.999^t) + 1e-8)
 * }</pre>
 *
 * <p>The work is cut into chunks of {@value #CHUNK} values. The norm is summed in double precision within each chunk and
 * the chunks are added in their order, so the result has the same bits for any number of threads. Thread-safe as long
 * as no two calls share a parameter.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled weight decay regularization,
 *     2019</a>
 */
public final class AdamW {
    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;
    static final double CLIP_EPSILON = 1e-6;

    /** Small enough for the first-level cache, large enough for bulk copies: element access is four times slower. */
    static final int CHUNK = 4096;

    private AdamW() {}

    /**
     * Updates weights and moments in place.
     *
     * <p>Nothing is changed when the gradient norm is not finite. {@code state.step()} is not looked at: the number of
     * the update is {@code step.update()}.
     *
     * @param parameters the trained tensors
     * @param state holds moments for each of them; its arrays are updated
     * @param step the settings of this step
     * @param threads largest number of threads to use, at least 1
     * @return the L2 norm over all gradients, before clipping
     * @throws IllegalArgumentException if a parameter has no moments or another length than they, or a setting is out
     *     of range; nothing is changed then
     */
    public static double update(List<Parameter> parameters, OptimizerState state, OptimizerStep step, int threads) {
        check(step, threads);
        List<Chunk> chunks = chunks(parameters, state);
        double norm = norm(chunks, threads);
        if (Double.isFinite(norm)) {
            Coefficients coefficients = Coefficients.of(step, norm);
            eachChunk(chunks.size(), threads, (scratch, i) -> chunks.get(i).update(scratch, coefficients));
        }
        return norm;
    }

    static void check(OptimizerStep step, int threads) {
        require(step.step() >= 1, "step " + step.step() + " is not at least 1");
        require(
                step.update() >= 1 && step.update() <= step.step(),
                "update " + step.update() + " is not in 1.." + step.step());
        require(threads >= 1, "threads " + threads + " is not at least 1");
        require(
                step.learningRate() >= 0 && Double.isFinite(step.learningRate()),
                "learning rate " + step.learningRate() + " is not a finite number of at least 0");
        require(
                step.weightDecay() >= 0 && Double.isFinite(step.weightDecay()),
                "weight decay " + step.weightDecay() + " is not a finite number of at least 0");
        require(step.clipNorm() > 0, "clip norm " + step.clipNorm() + " is not above 0");
    }

    private static List<Chunk> chunks(List<Parameter> parameters, OptimizerState state) {
        var chunks = new ArrayList<Chunk>();
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            int length = parameter.weight().limit();
            Moments moments = moments(name, length, parameter.gradient().limit(), state);
            for (int start = 0; start < length; start += CHUNK) {
                chunks.add(new Chunk(parameter, moments, start, Math.min(CHUNK, length - start)));
            }
        }
        return chunks;
    }

    /** Returns the moments of a parameter whose weight and gradient have these lengths. */
    static Moments moments(String name, int weights, int gradients, OptimizerState state) {
        Moments moments = state.moments().get(name);
        require(moments != null, "no optimiser moments for " + name);
        int first = moments.first().length;
        int second = moments.second().length;
        require(
                gradients == weights && first == weights && second == weights,
                name + " has " + weights + " weights, " + gradients + " gradients and moments of " + first + " and "
                        + second + " values");
        return moments;
    }

    private static double norm(List<Chunk> chunks, int threads) {
        double[] squares = new double[chunks.size()];
        eachChunk(
                squares.length,
                threads,
                (scratch, i) -> squares[i] = chunks.get(i).squares(scratch));
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private static void eachChunk(int count, int threads, ChunkWork work) {
        var next = new AtomicInteger();
        Workers.run(Math.min(threads, count), () -> {
            var scratch = new Scratch(new float[CHUNK], new float[CHUNK]);
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.run(scratch, i);
            }
        });
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private interface ChunkWork {
        void run(Scratch scratch, int chunk);
    }

    private record Scratch(float[] weight, float[] gradient) {}

    /** The factors of one step, rounded to float32 where PyTorch rounds them. */
    private record Coefficients(float clip, float decay, float stepSize, float secondScale) {
        static Coefficients of(OptimizerStep step, double norm) {
            double clip = Math.min(1, step.clipNorm() / (norm + CLIP_EPSILON));
            double stepSize = step.learningRate() / (1 - Math.pow(BETA1, step.update()));
            double secondScale = Math.sqrt(1 - Math.pow(BETA2, step.update()));
            return new Coefficients(
                    (float) clip, (float) (1 - step.learningRate() * step.weightDecay()), (float) stepSize, (float)
                            secondScale);
        }
    }

    /** A run of values of one parameter. */
    private record Chunk(Parameter parameter, Moments moments, int start, int length) {

        double squares(Scratch scratch) {
            float[] g = scratch.gradient;
            parameter.gradient().get(start, g, 0, length);
            // Four independent sums, or each addition waits for the one before it.
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i + 3 < length; i += 4) {
                a += (double) g[i] * g[i];
                b += (double) g[i + 1] * g[i + 1];
                c += (double) g[i + 2] * g[i + 2];
                d += (double) g[i + 3] * g[i + 3];
            }
            for (; i < length; i++) {
                a += (double) g[i] * g[i];
            }
            return (a + b) + (c + d);
        }

        void update(Scratch scratch, Coefficients c) {
            parameter.weight().get(start, scratch.weight, 0, length);
            parameter.gradient().get(start, scratch.gradient, 0, length);
            advance(scratch.weight, scratch.gradient, moments.first(), moments.second(), start, length, c);
            parameter.weight().put(start, scratch.weight, 0, length);
        }
    }

    /** The kernel: plain arrays and nothing else in the loop, which the compiler turns into vector code. */
    private static void advance(float[] w, float[] g, float[] m, float[] v, int start, int n, Coefficients c) {
        float clip = c.clip;
        float decay = c.decay;
        float stepSize = c.stepSize;
        float secondScale = c.secondScale;
        float beta2 = (float) BETA2;
        float rest1 = (float) (1 - BETA1);
        float rest2 = (float) (1 - BETA2);
        for (int i = 0; i < n; i++) {
            float gradient = g[i] * clip;
            float first = m[start + i] + rest1 * (gradient - m[start + i]);
            float second = v[start + i] * beta2 + rest2 * gradient * gradient;
            m[start + i] = first;
            v[start + i] = second;
            w[i] = w[i] * decay - stepSize * first / ((float) Math.sqrt(second) / secondScale + EPSILON);
        }
    }
}
