package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * When the signal of a session arrived at its stations, as well as a reader can tell who knows the truth about the clocks: wrong ones are
 * left out, and each other has its own sigma.
 *
 * <p>The delays between stations {@code i} and {@code j} have the information of normally distributed signals (Hahn and Tretter, 1973; for
 * two stations that is Stein's bound),
 * <pre>{@code
 * J_ij = -2 T integral (2 pi f)^2 s_i s_j / (1 + sum_k s_k) df,     J_ii = -sum_j J_ij
 * }</pre>
 * with the ratio {@code s_i(f)} of the densities of signal and noise. To its inverse come the clocks' variances, and at a station that hears
 * an echo the variance that echoes make. The error by signal and noise is drawn; those by clocks and echoes are those of the recordings.
 *
 * @param sites two at least
 * @param seconds the arrivals at all sites but the first, less that at the first
 * @param covariance of {@code seconds}
 * @see <a href="https://doi.org/10.1109/TIT.1973.1055077">Hahn and Tretter, 1973</a>
 */
record Arrivals(List<Site> sites, double[] seconds, double[][] covariance) {
    private static final double LIGHT_M_PER_S = 299_792_458;
    private static final int FREQUENCIES = 100;

    static Site site(GeoPoint place) {
        return new Site("", place.latitude(), place.longitude());
    }

    /**
     * Returns the arrivals at those stations that have a recording and no wrong clock; empty where they are fewer than two.
     *
     * @param recorded names of stations
     */
    static Optional<Arrivals> of(World world, long seed, Transmission transmission, Set<String> recorded) {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < transmission.links().size(); i++) {
            Link link = transmission.links().get(i);
            if (link.heard()
                    && !link.timing().wrong()
                    && recorded.contains(world.stationNames().get(i))) {
                used.add(i);
            }
        }
        return used.size() < 2 ? Optional.empty() : Optional.of(of(world, seed, transmission, used));
    }

    private static Arrivals of(World world, long seed, Transmission transmission, List<Integer> used) {
        Circumstances circumstances = Circumstances.of(world, seed, transmission.number());
        double[] echoes = Echo.law();
        double[] arrivals = new double[used.size()];
        double[] variances = new double[used.size()];
        List<Site> sites = new ArrayList<>();
        for (int k = 0; k < arrivals.length; k++) {
            Link link = transmission.links().get(used.get(k));
            sites.add(site(circumstances.stations().get(used.get(k)).position()));
            double sigma = link.timing().clockSigmaSeconds().orElseThrow();
            arrivals[k] = link.distanceM() / LIGHT_M_PER_S - link.clockOffsetSeconds();
            variances[k] = sigma * sigma;
            if (link.timing().echo().isPresent()) {
                arrivals[k] += link.timing().echo().get().errorSeconds() - echoes[0];
                variances[k] += echoes[1] * echoes[1];
            }
        }
        double[][] covariance = inverse(information(world, transmission, used));
        double[] seconds = drawn(covariance, Draws.IDEAL_DELAYS.of(seed, transmission.number(), 0));
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] += arrivals[i + 1] - arrivals[0];
            for (int j = 0; j < seconds.length; j++) {
                covariance[i][j] += variances[0] + (i == j ? variances[i + 1] : 0);
            }
        }
        return new Arrivals(sites, seconds, covariance);
    }

    /** Returns the information on the arrivals at all stations but the first, 1/s^2. */
    private static double[][] information(World world, Transmission transmission, List<Integer> used) {
        Recorders recorders = world.recorders();
        double[] ratio = used.stream()
                .mapToDouble(i -> Math.pow(
                        10,
                        (transmission.links().get(i).receivedDbm()
                                        - recorders.noiseDbm(world.stations().get(i)))
                                / 10))
                .toArray();
        double[][] information = new double[ratio.length - 1][ratio.length - 1];
        double stepHz = recorders.sampleRateHz() / FREQUENCIES;
        double seconds = recorders.samples() / recorders.sampleRateHz();
        for (int n = 0; n < FREQUENCIES; n++) {
            double hertz = (n + 0.5) * stepHz - recorders.sampleRateHz() / 2;
            // The signal is made at twice the rate, and its density relative to a flat one is the same over both.
            double density = Wideband.density(hertz / (2 * recorders.sampleRateHz())) / 2;
            double all = 1;
            for (double one : ratio) {
                all += one * density;
            }
            double weight = 2 * seconds * stepHz * Math.pow(2 * Math.PI * hertz * density, 2) / all;
            for (int i = 1; i < ratio.length; i++) {
                for (int j = 0; j < ratio.length; j++) {
                    if (j != i) {
                        information[i - 1][i - 1] += weight * ratio[i] * ratio[j];
                    }
                    if (j != i && j > 0) {
                        information[i - 1][j - 1] -= weight * ratio[i] * ratio[j];
                    }
                }
            }
        }
        return information;
    }

    static double[][] inverse(double[][] matrix) {
        double[][] lower = Cholesky.factor(matrix);
        int n = matrix.length;
        double[][] whitened = new double[n][n];
        for (int i = 0; i < n; i++) {
            whitened[i][i] = 1;
            Cholesky.solve(lower, whitened[i]);
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    inverse[i][j] += whitened[i][k] * whitened[j][k];
                }
            }
        }
        return inverse;
    }

    private static double[] drawn(double[][] covariance, SplittableRandom random) {
        double[][] lower = Cholesky.factor(covariance);
        double[] normal = new double[lower.length];
        double[] values = new double[lower.length];
        for (int i = 0; i < values.length; i++) {
            normal[i] = random.nextGaussian();
            for (int j = 0; j <= i; j++) {
                values[i] += lower[i][j] * normal[j];
            }
        }
        return values;
    }
}
