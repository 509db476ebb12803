package io.heimdall.model.optimizer;

import io.heimdall.model.optimizer.OptimizerState.Moments;
import java.nio.DoubleBuffer;
import java.util.List;

/**
 * {@link AdamW} on weights in double precision, for {@link io.heimdall.model.backend.Precision#FLOAT64}.
 *
 * <p>Plain loops on one thread. The moments are rounded to the floats of {@link OptimizerState} after each step, which
 * moves an update by less than a ten-millionth of itself. Thread-safe as long as no two calls share a parameter.
 */
public final class DoubleAdamW {
    private static final double EPSILON = 1e-8;

    private DoubleAdamW() {}

    /**
     * Updates weights and moments in place; nothing is changed when the gradient norm is not finite.
     *
     * @param parameters the trained tensors
     * @param state holds moments for each of them; its arrays are updated
     * @param step the settings of this step
     * @return the L2 norm over all gradients, before clipping
     * @throws IllegalArgumentException if a parameter has no moments or another length than they, or a setting is out
     *     of range; nothing is changed then
     */
    public static double update(List<DoubleParameter> parameters, OptimizerState state, OptimizerStep step) {
        AdamW.check(step, 1);
        double squares = 0;
        for (DoubleParameter p : parameters) {
            AdamW.moments(p.name(), p.weight().limit(), p.gradient().limit(), state);
            for (int i = 0; i < p.gradient().limit(); i++) {
                squares += p.gradient().get(i) * p.gradient().get(i);
            }
        }
        double norm = Math.sqrt(squares);
        if (Double.isFinite(norm)) {
            double clip = Math.min(1, step.clipNorm() / (norm + AdamW.CLIP_EPSILON));
            for (DoubleParameter p : parameters) {
                advance(p, state.moments().get(p.name()), step, clip);
            }
        }
        return norm;
    }

    private static void advance(DoubleParameter parameter, Moments moments, OptimizerStep step, double clip) {
        DoubleBuffer weight = parameter.weight();
        double decay = 1 - step.learningRate() * step.weightDecay();
        double stepSize = step.learningRate() / (1 - Math.pow(AdamW.BETA1, step.update()));
        double secondScale = Math.sqrt(1 - Math.pow(AdamW.BETA2, step.update()));
        for (int i = 0; i < weight.limit(); i++) {
            double gradient = parameter.gradient().get(i) * clip;
            double first = moments.first()[i] + (1 - AdamW.BETA1) * (gradient - moments.first()[i]);
            double second = moments.second()[i] * AdamW.BETA2 + (1 - AdamW.BETA2) * gradient * gradient;
            moments.first()[i] = (float) first;
            moments.second()[i] = (float) second;
            weight.put(i, weight.get(i) * decay - stepSize * first / (Math.sqrt(second) / secondScale + EPSILON));
        }
    }
}
