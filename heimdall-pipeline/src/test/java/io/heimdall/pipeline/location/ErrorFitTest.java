package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.pipeline.location.ErrorFit.Residual;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorFitTest {
    private static final double SIGMA = 2;

    private static List<Residual> differences(double[] errors, int sessions, long seed) {
        Random random = new Random(seed);
        List<Residual> residuals = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            double[] own = new double[errors.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = errors[i] + SIGMA / Math.sqrt(2) * random.nextGaussian();
            }
            for (int i = 0; i < own.length; i++) {
                for (int k = i + 1; k < own.length; k++) {
                    residuals.add(new Residual(i, k, own[i] - own[k], SIGMA, 2.0 / own.length));
                }
            }
        }
        return residuals;
    }

    @Test
    void differencesOfErrorsAreFound() {
        double[] errors = {10, -4, 0, -6};
        ErrorFit fit = new ErrorFit(4).fit(differences(errors, 50, 1));
        for (int i = 0; i < 4; i++) {
            assertThat(fit.error(i)).isCloseTo(errors[i], within(4 * SIGMA / Math.sqrt(50)));
            // Of N stations with independent clocks the sigma is clock sqrt((1 - 1/N) / n); the weights of Cauchy lose
            // some.
            double exact = SIGMA / Math.sqrt(2) * Math.sqrt(0.75 / 50);
            assertThat(fit.sigmaAgainstMean(i)).isBetween(exact, 1.3 * exact);
        }
        assertThat(fit.sigma(0, 1)).isBetween(SIGMA / Math.sqrt(50), 1.3 * SIGMA / Math.sqrt(50));
        assertThat(fit.error(0) + fit.error(1) + fit.error(2) + fit.error(3)).isCloseTo(0, within(1e-6));
    }

    @Test
    void stationsThatNoSessionTiesTogetherAreSaidSo() {
        List<Residual> residuals = List.of(new Residual(0, 1, 3e-6, 1e-7, 1), new Residual(2, 3, -4e-6, 1e-7, 1));
        ErrorFit fit = new ErrorFit(4).fit(residuals);
        assertThat(fit.tied(0, 1)).isTrue();
        assertThat(fit.tied(0, 2)).isFalse();
        assertThat(fit.error(0) - fit.error(1)).isCloseTo(3e-6, within(1e-9));
        assertThat(fit.sigma(2, 3)).isCloseTo(1e-7, within(1e-8));
    }

    @Test
    void wrongResidualsHaveNoSay() {
        List<Residual> residuals = new ArrayList<>();
        Random random = new Random(2);
        for (int s = 0; s < 20; s++) {
            residuals.add(new Residual(0, -1, 5 + (s < 3 ? 500 : random.nextGaussian()), 1, 1));
        }
        ErrorFit fit = new ErrorFit(1).fit(residuals);
        assertThat(fit.error(0)).isCloseTo(5, within(1.0));
        assertThat(fit.sigma(0)).isBetween(0.2, 0.4);
    }

    /** Returns residuals of all pairs of stations, as a session of a known source has them. */
    private static List<Residual> sessions(double[] errors, double[] sigmas, int sessions) {
        Random random = new Random(3);
        List<Residual> residuals = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            double[] own = new double[errors.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = errors[i] + sigmas[i] * random.nextGaussian();
            }
            for (int i = 0; i < own.length; i++) {
                for (int k = i + 1; k < own.length; k++) {
                    double sigma = Math.hypot(sigmas[i], sigmas[k]);
                    residuals.add(new Residual(i, k, own[i] - own[k], sigma, 2.0 / own.length));
                }
            }
        }
        return residuals;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-7, 5e-3, 0.1, 1, 1e4})
    void aPoorClockTakesNothingFromGoodOnes(double poor) {
        double[] errors = {2e-6, 0, -1e-6, 0};
        for (int at = 0; at < 4; at++) {
            double[] placed = new double[4];
            double[] sigmas = {1e-7, 1e-7, 1e-7, 1e-7};
            int[] good = new int[3];
            sigmas[at] = poor;
            for (int i = 0; i < 3; i++) {
                good[i] = i < at ? i : i + 1;
                placed[good[i]] = errors[i];
            }
            ErrorFit fit = new ErrorFit(4).fit(sessions(placed, sigmas, 10));
            for (int i = 0; i < 3; i++) {
                int k = (i + 1) % 3;
                double exact = 1e-7 * Math.sqrt(2.0 / 10);
                assertThat(fit.difference(good[i], good[k])).isCloseTo(errors[i] - errors[k], within(4 * exact));
                // The power of pairs, 2 / 4, leaves three good ones three quarters of what they tell; Cauchy takes
                // some.
                assertThat(fit.sigma(good[i], good[k])).isBetween(exact, 1.8 * exact);
                assertThat(fit.tied(good[i], at)).isTrue();
            }
            double exact = Math.hypot(poor, 1e-7) / Math.sqrt(10);
            assertThat(fit.sigma(good[0], at)).isBetween(0.7 * exact, 1.8 * exact);
            assertThat(fit.sigmaAgainstMean(at)).isBetween(0.5 * exact, 1.5 * exact);
            assertThat(fit.error(0) + fit.error(1) + fit.error(2) + fit.error(3))
                    .isCloseTo(0, within(1e-12 * poor));
        }
    }

    @Test
    void aWeakTieBetweenGoodPairsIsKnownAsWell() {
        List<Residual> residuals = List.of(
                new Residual(0, 1, 3e-6, 1e-7, 1), new Residual(1, 2, 0.5, 1, 1), new Residual(2, 3, -4e-6, 1e-7, 1));
        ErrorFit fit = new ErrorFit(4).fit(residuals);
        assertThat(fit.difference(0, 1)).isCloseTo(3e-6, within(1e-12));
        assertThat(fit.difference(1, 2)).isCloseTo(0.5, within(1e-6));
        assertThat(fit.difference(2, 3)).isCloseTo(-4e-6, within(1e-12));
        assertThat(fit.sigma(0, 1)).isCloseTo(1e-7, within(1e-15));
        assertThat(fit.sigma(2, 3)).isCloseTo(1e-7, within(1e-15));
        assertThat(fit.sigma(0, 3)).isCloseTo(1, within(1e-6));
    }
}
