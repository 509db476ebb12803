package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModulationTest {
    private static final double RATE_HZ = 25_000;

    private static float[] signal(Modulation modulation, int seed) {
        float[] iq = new float[2 * 8192];
        modulation.write(new SplittableRandom(seed), RATE_HZ, iq);
        return iq;
    }

    @ParameterizedTest
    @CsvSource({
        "NBFM, -5500, 5500",
        "SSB, 290, 2710",
        "CW, -150, 150",
        "AFSK, -5500, 5500",
        "FSK4, -4000, 4000",
    })
    void occupiesItsBand(Modulation modulation, double fromHz, double toHz) {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(Spectra.share(signal(modulation, seed), RATE_HZ, fromHz, toHz))
                    .isGreaterThan(0.99);
        }
    }

    @Test
    void upperSideBandHasNoLowerOne() {
        assertThat(Spectra.share(signal(Modulation.SSB, 1), RATE_HZ, -12_500, 150))
                .isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource(names = {"NBFM", "AFSK", "FSK4"})
    void frequencyModulationHasAConstantEnvelope(Modulation modulation) {
        float[] iq = signal(modulation, 4);
        for (int n = 0; n < iq.length; n += 2) {
            assertThat(Math.hypot(iq[n], iq[n + 1])).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void speechDeviatesByTwoAndAHalfKilohertzAndNotMore() {
        double[] hz = frequencies(signal(Modulation.NBFM, 2));
        double peak = 0;
        for (double f : hz) {
            peak = Math.max(peak, Math.abs(f));
        }
        assertThat(peak).isCloseTo(2500, within(5.0));
    }

    @Test
    void packetRadioCarriesTwoTones() {
        double[] hz = frequencies(signal(Modulation.AFSK, 2));
        float[] audio = new float[2 * hz.length];
        for (int n = 0; n < hz.length; n++) {
            audio[2 * n] = (float) hz[n];
        }
        double low = Spectra.share(audio, RATE_HZ, 900, 1500);
        double high = Spectra.share(audio, RATE_HZ, 1900, 2500);
        assertThat(low).isBetween(0.1, 0.4);
        assertThat(high).isBetween(0.1, 0.4);
        assertThat(2 * (low + high)).as("of both sides of a real signal").isGreaterThan(0.75);
    }

    @Test
    void digitalVoiceHasFourFrequenciesAtItsSymbols() {
        // Ten samples a symbol: some sample lies near the middle of each, and there it has one of the four frequencies.
        double rateHz = 48_000;
        float[] iq = new float[2 * 4096];
        Modulation.FSK4.write(new SplittableRandom(3), rateHz, iq);
        double[] hz = frequencies(iq, rateHz);
        double best = Double.MAX_VALUE;
        for (int shift = 0; shift < 10; shift++) {
            double sum = 0;
            int symbols = 0;
            for (int n = 100 + shift; n < hz.length; n += 10) {
                double off = Double.MAX_VALUE;
                for (int level = -3; level <= 3; level += 2) {
                    off = Math.min(off, Math.abs(hz[n] - 648 * level));
                }
                sum += off;
                symbols++;
            }
            best = Math.min(best, sum / symbols);
        }
        assertThat(best).as("mean distance from a symbol's frequency, Hz").isLessThan(80);
    }

    @Test
    void keyedCarrierIsOnOrOffAndNeverLongSilent() {
        for (int seed = 0; seed < 50; seed++) {
            float[] iq = signal(Modulation.CW, seed);
            int silent = 0;
            int between = 0;
            for (int n = 0; n < iq.length; n += 2) {
                assertThat(iq[n + 1]).isZero();
                assertThat(iq[n]).isBetween(0f, 1f);
                silent = iq[n] == 0 ? silent + 1 : 0;
                assertThat(silent).isLessThan((int) (0.19 * RATE_HZ));
                between += iq[n] > 0 && iq[n] < 1 ? 1 : 0;
            }
            assertThat(between / (iq.length / 2.0)).isLessThan(0.25);
        }
    }

    private static double[] frequencies(float[] iq) {
        return frequencies(iq, RATE_HZ);
    }

    private static double[] frequencies(float[] iq, double rateHz) {
        double[] hz = new double[iq.length / 2 - 1];
        for (int n = 0; n < hz.length; n++) {
            double real = iq[2 * n + 2] * iq[2 * n] + iq[2 * n + 3] * iq[2 * n + 1];
            double imaginary = iq[2 * n + 3] * iq[2 * n] - iq[2 * n + 2] * iq[2 * n + 1];
            hz[n] = Math.atan2(imaginary, real) / (2 * Math.PI) * rateHz;
        }
        return hz;
    }
}
