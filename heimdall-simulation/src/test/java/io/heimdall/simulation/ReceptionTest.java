package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceptionTest {
    private static final World WORLD = World.rss();
    private static final double SPEED_M = 299_792_458;

    /** A transmission heard with the given power everywhere, at these distances and clock errors. */
    private static Transmission transmission(
            Modulation modulation,
            double dbm,
            double carrierHz,
            double[] distanceM,
            double[] clockSeconds,
            double ppm) {
        Transmission drawn = new Simulation(WORLD, 1).transmission(5);
        List<Link> links = IntStream.range(0, 7)
                .mapToObj(i -> new Link(distanceM[i], dbm, true, true, clockSeconds[i], ppm, Timing.UNSTATED))
                .toList();
        return new Transmission(
                "x", 5, "x", drawn.source(), dbm, 145_000_000, carrierHz, modulation, drawn.start(), links);
    }

    private static float[][] recordings(Transmission transmission) {
        Reception reception = new Reception(WORLD, 1);
        reception.tune(transmission);
        return IntStream.range(0, 7)
                .mapToObj(i -> reception.record(transmission, i).clone())
                .toArray(float[][]::new);
    }

    private static double decibels(double power) {
        return 10 * Math.log10(power);
    }

    @Test
    void noiseHasThePowerOfItsFigure() {
        float[][] noise = recordings(transmission(Modulation.NBFM, -250, 0, new double[7], new double[7], 0));
        for (int i = 0; i < 7; i++) {
            WorldStation station = WORLD.stations().get(i);
            double expected = WORLD.recorders().noiseDbm(station) + station.gainDb() + 15;
            assertThat(decibels(Reception.meanPower(noise[i]))).isCloseTo(expected, within(0.28));
            assertThat(Spectra.share(noise[i], 12_500, -6250, 0)).as("white").isCloseTo(0.5, within(0.05));
        }
        assertThat(noise[0]).isNotEqualTo(noise[3]);
    }

    @ParameterizedTest
    @EnumSource
    void recordingHasTheLinksPower(Modulation modulation) {
        float[][] recordings = recordings(transmission(modulation, -60, 80, new double[7], new double[7], 0.4));
        for (int i = 0; i < 7; i++) {
            double expected = -60 + WORLD.stations().get(i).gainDb() + 15;
            assertThat(decibels(Reception.meanPower(recordings[i]))).isCloseTo(expected, within(0.01));
        }
    }

    @Test
    void frequencyModulationIsStillConstantAtTheStation() {
        float[] iq = recordings(transmission(Modulation.FSK4, -40, 80, new double[7], new double[7], 0.4))[2];
        double amplitude = Math.sqrt(Reception.meanPower(iq));
        for (int n = 0; n < iq.length; n += 2) {
            assertThat(Math.hypot(iq[n], iq[n + 1]) / amplitude).isCloseTo(1, within(2e-3));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "123.4, 0, 123.4", "0, 1, -145", "-80, -0.5, -7.5"})
    void carrierIsOffByTransmitterAndStationClock(double carrierHz, double ppm, double expectedHz) {
        float[] iq = recordings(transmission(Modulation.CW, -60, carrierHz, new double[7], new double[7], ppm))[1];
        double best = 0;
        double bestHz = Double.NaN;
        for (double hz = -300; hz <= 300; hz += 0.1) {
            double power = Spectra.at(iq, hz / 12_500);
            if (power > best) {
                best = power;
                bestHz = hz;
            }
        }
        assertThat(bestHz).isCloseTo(expectedHz, within(0.5));
    }

    @ParameterizedTest
    @EnumSource(names = {"NBFM", "AFSK", "FSK4", "SSB"})
    void signalComesLaterByDistanceAndClock(Modulation modulation) {
        double[] distances = {0, 30_000, 55_555, 100_000, 3_000, 150_000, 60_000};
        double[] clocks = {0, 0, 0, 0, 0, 0, -0.004321};
        float[][] recordings = recordings(transmission(modulation, -50, 77, distances, clocks, 0));
        for (int i = 1; i < 7; i++) {
            double expected = (distances[i] / SPEED_M - clocks[i]) * 12_500;
            assertThat(delay(recordings[0], recordings[i], expected))
                    .as("samples from station 1 to station %d", i + 1)
                    .isCloseTo(expected, within(0.01));
        }
    }

    /** The lag of the greatest correlation, by a parabola through the correlation at fractional lags around a guess. */
    private static double delay(float[] first, float[] second, double guess) {
        double best = -1;
        int bestLag = 0;
        int around = (int) Math.rint(guess);
        for (int lag = around - 6; lag <= around + 6; lag++) {
            double value = correlation(first, second, lag);
            if (value > best) {
                best = value;
                bestLag = lag;
            }
        }
        double step = 0.02;
        float[] shifted = new float[first.length - 400];
        double bestFraction = Double.NaN;
        double greatest = -1;
        for (double fraction = -1; fraction <= 1; fraction += step) {
            new Delay().read(first, 100 - fraction, 1, shifted);
            double value = correlation(shifted, second, 100 + bestLag, shifted.length / 2);
            if (value > greatest) {
                greatest = value;
                bestFraction = fraction;
            }
        }
        double before = at(first, second, bestLag, bestFraction - step, shifted);
        double after = at(first, second, bestLag, bestFraction + step, shifted);
        return bestLag + bestFraction + step * (before - after) / (2 * (before - 2 * greatest + after));
    }

    private static double at(float[] first, float[] second, int lag, double fraction, float[] shifted) {
        new Delay().read(first, 100 - fraction, 1, shifted);
        return correlation(shifted, second, 100 + lag, shifted.length / 2);
    }

    private static double correlation(float[] first, float[] second, int lag) {
        return correlation(first, second, lag, first.length / 2 - Math.abs(lag));
    }

    /** |sum conj(a[n]) b[n + lag]| over the samples that both have. */
    private static double correlation(float[] a, float[] b, int lag, int samples) {
        double real = 0;
        double imaginary = 0;
        for (int n = Math.max(0, -lag); n < Math.min(samples, b.length / 2 - lag); n++) {
            int m = n + lag;
            real += a[2 * n] * b[2 * m] + a[2 * n + 1] * b[2 * m + 1];
            imaginary += a[2 * n] * b[2 * m + 1] - a[2 * n + 1] * b[2 * m];
        }
        return Math.hypot(real, imaginary);
    }

    @Test
    void interpolationOfAToneIsExact() {
        float[] tone = new float[2 * 600];
        for (int n = 0; n < 600; n++) {
            tone[2 * n] = (float) Math.cos(0.3 * 2 * Math.PI * n);
            tone[2 * n + 1] = (float) Math.sin(0.3 * 2 * Math.PI * n);
        }
        float[] out = new float[2 * 250];
        double first = 40.37;
        double step = 2.00005;
        new Delay().read(tone, first, step, out);
        for (int n = 0; n < 250; n++) {
            double angle = 0.3 * 2 * Math.PI * (first + step * n);
            // One set of taps serves 256 samples: the place drifts by 0.006 samples to each side of the middle.
            assertThat(out[2 * n]).isCloseTo((float) Math.cos(angle), within(0.013f));
            assertThat(out[2 * n + 1]).isCloseTo((float) Math.sin(angle), within(0.013f));
        }
        new Delay().read(tone, first, 2, out);
        for (int n = 0; n < 250; n++) {
            double angle = 0.3 * 2 * Math.PI * (first + 2 * n);
            assertThat(out[2 * n]).isCloseTo((float) Math.cos(angle), within(2e-4f));
            assertThat(out[2 * n + 1]).isCloseTo((float) Math.sin(angle), within(2e-4f));
        }
    }
}
