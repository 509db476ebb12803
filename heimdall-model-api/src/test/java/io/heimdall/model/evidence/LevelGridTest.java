package io.heimdall.model.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.StandardNormal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelGridTest {
    private static final int KNOWN = 4;
    private static final int CELLS = 30;

    static LevelGrid grid(double freedom, double exponent) {
        Random random = new Random(3);
        float[] east = new float[CELLS];
        float[] north = new float[CELLS];
        float[] prior = new float[CELLS];
        for (int c = 0; c < CELLS; c++) {
            east[c] = 500 * (c % 6);
            north[c] = 500 * (c / 6);
            prior[c] = random.nextFloat();
        }
        float[][] expected = new float[KNOWN][CELLS];
        float[][] deviation = new float[KNOWN][CELLS];
        for (int i = 0; i < KNOWN; i++) {
            for (int c = 0; c < CELLS; c++) {
                expected[i][c] = (float) (-70 + 3 * random.nextGaussian());
                deviation[i][c] = 3 + 4 * random.nextFloat();
            }
        }
        LevelGrid.Stations stations = new LevelGrid.Stations(
                new float[] {0.6f, -0.3f, 0.9f, 0.2f},
                new float[] {-80, -75, -90, -85},
                new float[] {0.05f, 0.2f, 0.01f, 0.1f},
                expected,
                deviation);
        return new LevelGrid(
                stations,
                new LevelGrid.Cells(east, north, prior, 500),
                new LevelGrid.Scalars(-35, 50, freedom, exponent, -70, 10, 1000));
    }

    /** A session of stations at random places; {@code numbers} may name the one that is not known. */
    static Map<String, FloatTensor> session(int[] numbers, boolean[] heard, boolean[] inService) {
        int count = numbers.length;
        SplittableRandom random = new SplittableRandom(8);
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(SetNet.STATISTICS, FloatTensor.zeros(2, count, SetNet.STATISTICS_WIDTH));
        inputs.put(SetNet.PLACE, FloatTensor.zeros(2, count, 2));
        for (String name : new String[] {SetNet.HEARD, SetNet.IN_SERVICE, SetNet.INDEX}) {
            inputs.put(name, FloatTensor.zeros(2, count, 1));
        }
        for (int n = 0; n < count; n++) {
            int at = count + n; // in the second row
            inputs.get(SetNet.STATISTICS).values()[SetNet.STATISTICS_WIDTH * at] = (float) random.nextGaussian();
            inputs.get(SetNet.PLACE).values()[2 * at] = 3 * (float) random.nextDouble();
            inputs.get(SetNet.PLACE).values()[2 * at + 1] = 3 * (float) random.nextDouble();
            inputs.get(SetNet.HEARD).values()[at] = heard[n] ? 1 : 0;
            inputs.get(SetNet.IN_SERVICE).values()[at] = inService[n] ? 1 : 0;
            inputs.get(SetNet.INDEX).values()[at] = numbers[n];
        }
        return inputs;
    }

    private static boolean[] all(int count, boolean value) {
        boolean[] flags = new boolean[count];
        Arrays.fill(flags, value);
        return flags;
    }

    /** The likelihood of a cell by its definition: the integral over the common deviation. */
    private static double defined(
            LevelGrid grid, Map<String, FloatTensor> inputs, int[] numbers, boolean[] heard, int c) {
        int count = numbers.length;
        double sum = 0;
        double step = 1e-3;
        for (double f = -30; f <= 30; f += step) {
            double p = Math.exp(-f * f / 2) * step;
            for (int n = 0; n < count; n++) {
                int i = numbers[n];
                double east = 1000 * inputs.get(SetNet.PLACE).values()[2 * (count + n)]
                        - grid.cells().eastM()[c];
                double north = 1000 * inputs.get(SetNet.PLACE).values()[2 * (count + n) + 1]
                        - grid.cells().northM()[c];
                double expected = grid.stations().expectedDb()[i][c]
                        - 35 * Math.log10(Math.max(50, Math.hypot(east, north)) / 1000);
                double deviation = grid.stations().deviationDb()[i][c];
                double u = grid.stations().common()[i];
                double own = Math.sqrt(1 - u * u);
                if (heard[n]) {
                    double level =
                            -70 + 10 * inputs.get(SetNet.STATISTICS).values()[SetNet.STATISTICS_WIDTH * (count + n)];
                    double z = (level - expected) / deviation;
                    p *= Math.exp(-Math.pow((z - u * f) / own, 2) / 2) / (own * deviation);
                } else {
                    double z = (grid.stations().thresholdDb()[i] - expected) / deviation;
                    double off = grid.stations().dropOut()[i];
                    p *= off + (1 - off) * StandardNormal.cumulative((z - u * f) / own);
                }
            }
            sum += p;
        }
        return Math.log(sum);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "2", "3"})
    void isTheIntegralOverTheCommonDeviation(int silent) {
        LevelGrid grid = grid(Double.POSITIVE_INFINITY, 0.8);
        int[] numbers = {2, 0, 3, 1};
        boolean[] heard = all(4, true);
        if (silent >= 0) {
            heard[silent] = false;
        }
        Map<String, FloatTensor> inputs = session(numbers, heard, all(4, true));
        double[] log = grid.logMass(inputs, 1);
        double first = defined(grid, inputs, numbers, heard, 0);
        for (int c = 1; c < CELLS; c++) {
            double expected = grid.cells().logPrior()[c]
                    - grid.cells().logPrior()[0]
                    + 0.8 * (defined(grid, inputs, numbers, heard, c) - first);
            assertThat(log[c] - log[0]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void stationsThatAreUnknownOrOutOfServiceSayNothing() {
        LevelGrid grid = grid(5, 1);
        double[] three = grid.logMass(session(new int[] {2, 0, 3}, new boolean[] {true, false, true}, all(3, true)), 1);
        double[] five = grid.logMass(
                session(new int[] {2, 0, 3, KNOWN, 1}, new boolean[] {true, false, true, true, true}, new boolean[] {
                    true, true, true, true, false
                }),
                1);
        // The places and levels of the first three are drawn in the same order.
        assertThat(five).containsExactly(three, within(1e-12));
        assertThat(grid.logMass(session(new int[] {KNOWN}, all(1, true), all(1, true)), 1))
                .containsExactly(grid(5, 1).logMass(session(new int[] {0}, all(1, true), all(1, false)), 1));
    }

    @Test
    void fewDegreesOfFreedomAskLessOfAnOutlier() {
        Map<String, FloatTensor> inputs = session(new int[] {0, 1, 2, 3}, all(4, true), all(4, true));
        inputs.get(SetNet.STATISTICS).values()[SetNet.STATISTICS_WIDTH * 4] = 9;
        assertThat(spread(grid(3, 1).logMass(inputs, 1)))
                .isLessThan(spread(grid(Double.POSITIVE_INFINITY, 1).logMass(inputs, 1)) / 3);
    }

    private static double spread(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }

    @Test
    void poolOfNormalDensitiesIsTheirProduct() {
        int side = 81;
        float[] east = new float[side * side];
        float[] north = new float[side * side];
        double[] log = new double[side * side];
        NormalDistribution grid = new NormalDistribution(300, -200, 400, 250, 0.4);
        for (int c = 0; c < log.length; c++) {
            east[c] = 50 * (c % side - side / 2);
            north[c] = 50 * (c / side - side / 2);
            log[c] = grid.logDensity(east[c], north[c]);
        }
        LevelGrid.Cells cells = new LevelGrid.Cells(east, north, new float[east.length], 50);
        LogPool pool = new LogPool(new LevelGrid(null, cells, null), 0.7, 0.5);
        NormalDistribution network = new NormalDistribution(-100, 100, 300, 300, -0.2);
        NormalDistribution wide = NormalDistribution.of(
                network.mean(),
                new io.heimdall.model.output.Covariance(
                        network.covariance().eastEast() + pool.cellVariance(),
                        network.covariance().eastNorth(),
                        network.covariance().northNorth() + pool.cellVariance()));
        NormalDistribution pooled = pool.of(network, log).components().get(0).normal();
        for (int k = 0; k < 20; k++) { // the logarithm of the product, up to a constant
            double e = -400 + 40 * k;
            double n = 300 - 30 * k;
            double expected = 0.7 * (wide.logDensity(e, n) - wide.logDensity(0, 0))
                    + 0.5 * (grid.logDensity(e, n) - grid.logDensity(0, 0));
            assertThat(pooled.logDensity(e, n) - pooled.logDensity(0, 0)).isCloseTo(expected, within(1e-2));
        }
    }

    @Test
    void anAnswerFarOutsideComesBackToTheGrid() {
        LevelGrid grid = grid(5, 1);
        LogPool pool = new LogPool(grid, 0.7, 0.5);
        Map<String, FloatTensor> inputs = session(new int[] {0, 1, 2, 3}, all(4, true), all(4, true));
        var far = pool.of(new NormalDistribution(90_000, 70_000, 300, 200, 0.3), inputs, 1);
        assertThat(far.mean().east()).isBetween(-1.0, 2501.0);
        assertThat(far.mean().north()).isBetween(-1.0, 2001.0);
        assertThat(far.covariance().sigmaEast()).isPositive().isFinite();
    }
}
