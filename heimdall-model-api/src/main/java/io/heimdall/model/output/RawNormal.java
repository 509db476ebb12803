package io.heimdall.model.output;

/**
 * One normal distribution as a network writes it: mean east, mean north, raw sigma east, raw sigma north, raw correlation, each
 * {@code stride} numbers after the one before. {@link NormalOutput} has the transforms.
 */
final class RawNormal {
    private static final double LEAST_SIGMA = 1e-3;
    private static final double LARGEST_CORRELATION = 0.999;

    private RawNormal() {}

    static NormalDistribution distribution(double[] numbers, int first, int stride) {
        return new NormalDistribution(
                numbers[first],
                numbers[first + stride],
                sigma(numbers[first + 2 * stride]),
                sigma(numbers[first + 3 * stride]),
                LARGEST_CORRELATION * Math.tanh(numbers[first + 4 * stride]));
    }

    /**
     * Returns the log density at a place and writes its derivatives by the five numbers to the same places of {@code slopes}.
     *
     * <p>With {@code a} and {@code b} the standardised distances, {@code s = 1 - r^2} and {@code z = (b - r a) / sqrt(s)}:
     * <pre>{@code
     * log p        = -(a^2 + z^2) / 2 - log(2 pi sigmaEast sigmaNorth sqrt(s))
     * d / d meanN  = B / sigmaNorth                  B = z / sqrt(s)
     * d / d meanE  = A / sigmaEast                   A = a - r B
     * d / d sigma  = (a A - 1) / sigmaEast,  (b B - 1) / sigmaNorth
     * d / d r      = (r + z (a sqrt(s) - r z)) / s
     * }</pre>
     */
    static double logDensity(double[] numbers, int first, int stride, double east, double north, double[] slopes) {
        int atNorth = first + stride;
        int atSigmaEast = atNorth + stride;
        int atSigmaNorth = atSigmaEast + stride;
        int atCorrelation = atSigmaNorth + stride;
        double sigmaEast = sigma(numbers[atSigmaEast]);
        double sigmaNorth = sigma(numbers[atSigmaNorth]);
        double raw = numbers[atCorrelation];
        double r = LARGEST_CORRELATION * Math.tanh(raw);
        double s = oneMinusSquare(raw);
        double root = Math.sqrt(s);

        double a = (east - numbers[first]) / sigmaEast;
        double b = (north - numbers[atNorth]) / sigmaNorth;
        double z = (b - r * a) / root;
        double slopeNorth = z / root;
        double slopeEast = a - r * slopeNorth;

        slopes[first] = slopeEast / sigmaEast;
        slopes[atNorth] = slopeNorth / sigmaNorth;
        slopes[atSigmaEast] = (a * slopeEast - 1) / sigmaEast * logistic(numbers[atSigmaEast]);
        slopes[atSigmaNorth] = (b * slopeNorth - 1) / sigmaNorth * logistic(numbers[atSigmaNorth]);
        slopes[atCorrelation] = (r + z * (a * root - r * z)) / s * correlationSlope(raw);
        return -(a * a + z * z) / 2
                - Math.log(2 * Math.PI)
                - Math.log(sigmaEast)
                - Math.log(sigmaNorth)
                - Math.log(s) / 2;
    }

    private static double sigma(double raw) {
        return Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))) + LEAST_SIGMA;
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
