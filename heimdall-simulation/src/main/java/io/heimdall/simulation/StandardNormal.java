package io.heimdall.simulation;

/** The standard normal distribution. */
public final class StandardNormal {
    private static final double[] CENTRE_OVER = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] CENTRE_UNDER = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] TAIL_OVER = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] TAIL_UNDER = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };
    private static final double TAIL = 0.02425;
    private static final double FAR = 38;

    private static final double[] LOWER_OVER = {
        3.52624965998911e-02,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };
    private static final double[] LOWER_UNDER = {
        8.83883476483184e-02,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };

    private StandardNormal() {}

    /**
     * Returns the probability of less than {@code z}, to 15 decimals, and to 7 digits however small it is.
     *
     * @see <a href="https://doi.org/10.1002/wilm.42820050313">West, Better approximations to cumulative normal functions, 2005</a>
     */
    public static double below(double z) {
        double size = Math.abs(z);
        double tail;
        if (size > FAR) {
            tail = 0;
        } else if (size < 5 * Math.sqrt(2)) {
            tail = Math.exp(-size * size / 2) * polynomial(LOWER_OVER, size) / polynomial(LOWER_UNDER, size);
        } else {
            double fraction = size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))));
            tail = Math.exp(-size * size / 2) / fraction / Math.sqrt(2 * Math.PI);
        }
        return z > 0 ? 1 - tail : tail;
    }

    /** Returns the {@code z} with {@link #below} {@code p}, to 9 digits (Acklam's approximation), within -38..38. */
    static double quantile(double p) {
        if (p <= Double.MIN_NORMAL) {
            return -FAR;
        }
        if (p >= 1) {
            return FAR;
        }
        if (p < TAIL) {
            return tail(p);
        }
        if (p > 1 - TAIL) {
            return -tail(1 - p);
        }
        double q = p - 0.5;
        double r = q * q;
        return q * polynomial(CENTRE_OVER, r) / polynomial(CENTRE_UNDER, r);
    }

    private static double tail(double p) {
        double q = Math.sqrt(-2 * Math.log(p));
        return polynomial(TAIL_OVER, q) / polynomial(TAIL_UNDER, q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
