package io.heimdall.model.output;

/**
 * Normal distributions as a network writes them: K means east, K means north, K raw sigmas east, K raw sigmas north, K raw
 * correlations. {@link NormalOutput} has the transforms.
 *
 * <p>With {@code a} and {@code b} the standardised distances of a place, {@code s = 1 - r^2} and {@code z = (b - r a) / sqrt(s)}:
 * <pre>{@code
 * log p        = -(a^2 + z^2) / 2 - log(2 pi sigmaEast sigmaNorth sqrt(s))
 * d / d meanN  = B / sigmaNorth                  B = z / sqrt(s)
 * d / d meanE  = A / sigmaEast                   A = a - r B
 * d / d sigma  = (a A - 1) / sigmaEast,  (b B - 1) / sigmaNorth
 * d / d r      = (r + z (a sqrt(s) - r z)) / s
 * }</pre>
 * All are sums of a, z, a^2, a z and z^2, so that weighted places are added up as these five and their weight.
 */
final class RawNormals {
    static final double LEAST_SIGMA = 1e-3;
    static final double LARGEST_CORRELATION = 0.999;

    private final int count;
    private final double[] numbers;
    private final int first;
    private final double[] sigmaEast;
    private final double[] sigmaNorth;
    private final double[] correlation;
    private final double[] root;
    private final double[] peak;

    // Of the place looked at last.
    private final double[] a;
    private final double[] z;

    // Sums over places, weighted.
    private final double[] weights;
    private final double[] as;
    private final double[] zs;
    private final double[] aa;
    private final double[] az;
    private final double[] zz;

    /** Reads {@code count} normals from {@code numbers}, which are not to change afterwards. */
    RawNormals(double[] numbers, int first, int count) {
        this.count = count;
        this.numbers = numbers;
        this.first = first;
        sigmaEast = new double[count];
        sigmaNorth = new double[count];
        correlation = new double[count];
        root = new double[count];
        peak = new double[count];
        a = new double[count];
        z = new double[count];
        weights = new double[count];
        as = new double[count];
        zs = new double[count];
        aa = new double[count];
        az = new double[count];
        zz = new double[count];
        for (int k = 0; k < count; k++) {
            double raw = raw(4, k);
            double s = oneMinusSquare(raw);
            sigmaEast[k] = sigma(raw(2, k));
            sigmaNorth[k] = sigma(raw(3, k));
            correlation[k] = correlation(raw);
            root[k] = Math.sqrt(s);
            peak[k] = -Math.log(2 * Math.PI) - Math.log(sigmaEast[k]) - Math.log(sigmaNorth[k]) - Math.log(s) / 2;
        }
    }

    private double raw(int field, int k) {
        return numbers[first + field * count + k];
    }

    /** Returns the {@code k}-th of {@code count} normals. */
    static NormalDistribution distribution(double[] numbers, int first, int count, int k) {
        int at = first + k;
        return new NormalDistribution(
                numbers[at],
                numbers[at + count],
                sigma(numbers[at + 2 * count]),
                sigma(numbers[at + 3 * count]),
                correlation(numbers[at + 4 * count]));
    }

    /** Writes the log density of each normal at a place, and keeps the place for {@link #add}. */
    void logDensities(double east, double north, double[] logs) {
        for (int k = 0; k < count; k++) {
            a[k] = (east - raw(0, k)) / sigmaEast[k];
            double b = (north - raw(1, k)) / sigmaNorth[k];
            z[k] = (b - correlation[k] * a[k]) / root[k];
            logs[k] = peak[k] - (a[k] * a[k] + z[k] * z[k]) / 2;
        }
    }

    /** Adds the place looked at last, with a weight for each normal. */
    void add(double[] weight) {
        for (int k = 0; k < count; k++) {
            double wa = weight[k] * a[k];
            double wz = weight[k] * z[k];
            weights[k] += weight[k];
            as[k] += wa;
            zs[k] += wz;
            aa[k] += wa * a[k];
            az[k] += wa * z[k];
            zz[k] += wz * z[k];
        }
    }

    /** Writes the derivatives of the weighted sum of log densities, times a scale, in the order of the numbers. */
    void write(double scale, double[] slopes, int at) {
        for (int k = 0; k < count; k++) {
            double r = correlation[k];
            double shear = r / root[k];
            double rawCorrelation = raw(4, k);
            double byR = (r * (weights[k] - zz[k]) + az[k] * root[k]) / (root[k] * root[k]);
            double bySigmaEast = (aa[k] - shear * az[k] - weights[k]) / sigmaEast[k];
            double bySigmaNorth = (zz[k] + shear * az[k] - weights[k]) / sigmaNorth[k];
            slopes[at + k] = scale * (as[k] - shear * zs[k]) / sigmaEast[k];
            slopes[at + count + k] = scale * zs[k] / (root[k] * sigmaNorth[k]);
            slopes[at + 2 * count + k] = scale * bySigmaEast * logistic(raw(2, k));
            slopes[at + 3 * count + k] = scale * bySigmaNorth * logistic(raw(3, k));
            slopes[at + 4 * count + k] = scale * byR * correlationSlope(rawCorrelation);
        }
    }

    private static double sigma(double raw) {
        return Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))) + LEAST_SIGMA;
    }

    private static double correlation(double raw) {
        return LARGEST_CORRELATION * Math.tanh(raw);
    }

    /** Returns the derivative of softplus. */
    private static double logistic(double raw) {
        double small = Math.exp(-Math.abs(raw));
        return (raw < 0 ? small : 1) / (1 + small);
    }

    /** Returns {@code 1 - r^2} from {@code 1 - tanh |raw| = 2 e / (1 + e)}, {@code e = exp(-2 |raw|)}: no difference cancels. */
    private static double oneMinusSquare(double raw) {
        double e = Math.exp(-2 * Math.abs(raw));
        double oneMinus = (1 - LARGEST_CORRELATION) + LARGEST_CORRELATION * 2 * e / (1 + e);
        return oneMinus * (2 - oneMinus);
    }

    /** Returns {@code dr / draw = 0.999 (1 - tanh^2 raw)}. */
    private static double correlationSlope(double raw) {
        double e = Math.exp(-2 * Math.abs(raw));
        return LARGEST_CORRELATION * 4 * e / ((1 + e) * (1 + e));
    }
}
