package io.heimdall.pipeline.sweep;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * The way in which a sweep chooses its points. A point is a function of the seed and its number alone.
 *
 * @see <a href="https://doi.org/10.1145/641876.641879">Joe and Kuo, 2003</a>, for the direction numbers
 */
public enum Choice {
    /**
     * Sobol's sequence with a digital shift by the seed. Of the first {@code 2^m} points each of {@code 2^m} equal parts of a
     * dimension has one.
     */
    SOBOL {
        @Override
        public double[] point(long seed, int number, int dimensions) {
            SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimensions);
            double[] point = sequence.skipTo(number);
            SplittableRandom shifts = new SplittableRandom(seed);
            for (int d = 0; d < dimensions; d++) {
                long bits = (long) (point[d] * SCALE) ^ shifts.nextLong() >>> Long.SIZE - BITS;
                point[d] = bits / SCALE;
            }
            return point;
        }
    },
    /** Independent uniform draws. */
    RANDOM {
        @Override
        public double[] point(long seed, int number, int dimensions) {
            SplittableRandom ofSeed = new SplittableRandom(seed);
            SplittableRandom random = new SplittableRandom(ofSeed.nextLong() + 0x9e3779b97f4a7c15L * (number + 1L));
            double[] point = new double[dimensions];
            Arrays.setAll(point, d -> random.nextDouble());
            return point;
        }
    };

    private static final int BITS = 52; // of the generator
    private static final double SCALE = 0x1p52;

    /**
     * Returns a point of the unit cube, its upper ends excluded.
     *
     * @param number of the point, from 0
     * @param dimensions 1..1000
     */
    public abstract double[] point(long seed, int number, int dimensions);

    /** Returns the word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the one that a word stands for.
     *
     * @throws IllegalArgumentException naming the words there are
     */
    public static Choice named(String word) {
        return Stream.of(values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no choice; expected "
                        + Stream.of(values()).map(Choice::word).collect(Collectors.joining(" or "))));
    }
}
