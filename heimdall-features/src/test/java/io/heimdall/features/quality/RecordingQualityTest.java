package io.heimdall.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals of which all is known. */
class RecordingQualityTest {
    private static final double RATE = 250_000;
    private static final int SAMPLES = 400_000;

    @TempDir
    Path directory;

    private static float[] noise(int samples, double powerDb, long seed) {
        Random random = new Random(seed);
        double sigma = Math.sqrt(Math.pow(10, powerDb / 10) / 2);
        float[] iq = new float[2 * samples];
        for (int n = 0; n < iq.length; n++) {
            iq[n] = (float) (sigma * random.nextGaussian());
        }
        return iq;
    }

    private static void addTone(float[] iq, double powerDb, double hertz) {
        double amplitude = Math.pow(10, powerDb / 20);
        for (int n = 0; n < iq.length / 2; n++) {
            iq[2 * n] += (float) (amplitude * Math.cos(2 * Math.PI * hertz / RATE * n));
            iq[2 * n + 1] += (float) (amplitude * Math.sin(2 * Math.PI * hertz / RATE * n));
        }
    }

    /** Noise of a flat spectrum between two frequencies: many tones of random phase. */
    private static void addBand(float[] iq, double powerDb, double fromHertz, double toHertz) {
        Random random = new Random(7);
        int tones = 400;
        double amplitude = Math.sqrt(Math.pow(10, powerDb / 10) / tones);
        for (int tone = 0; tone < tones; tone++) {
            double step = 2 * Math.PI * (fromHertz + (toHertz - fromHertz) * (tone + 0.5) / tones) / RATE;
            double phase = 2 * Math.PI * random.nextDouble();
            for (int n = 0; n < iq.length / 2; n++) {
                iq[2 * n] += (float) (amplitude * Math.cos(step * n + phase));
                iq[2 * n + 1] += (float) (amplitude * Math.sin(step * n + phase));
            }
        }
    }

    /** Lets pass what is less than a quarter of the rate from 0 Hz: a sinc with Blackman's window. */
    private static float[] halfBand(float[] iq) {
        int half = 250;
        double[] taps = new double[2 * half + 1];
        for (int k = -half; k <= half; k++) {
            double sinc = k == 0 ? 0.5 : Math.sin(Math.PI * k / 2) / (Math.PI * k);
            double turn = Math.PI * k / half;
            taps[k + half] = sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
        }
        float[] out = new float[iq.length];
        for (int n = 0; n < iq.length; n++) {
            double sum = 0;
            for (int k = -half; k <= half; k++) {
                int from = n - 2 * k;
                sum += from < 0 || from >= iq.length ? 0 : taps[k + half] * iq[from];
            }
            out[n] = (float) sum;
        }
        return out;
    }

    private static RecordingQuality of(float[] iq) throws IOException {
        return RecordingSurvey.of(Recordings.of(iq, true, RATE), 1).quality();
    }

    @ParameterizedTest
    @CsvSource({"20, 31000", "0, -77000", "-15, 0", "40, 124000"})
    void aToneInNoise(double snrDb, double hertz) throws IOException {
        float[] iq = noise(SAMPLES, -60, 1);
        addTone(iq, -60 + snrDb, hertz);

        RecordingQuality quality = of(iq);

        assertThat(quality.samples()).isEqualTo(SAMPLES);
        assertThat(quality.snrDb().getAsDouble()).isCloseTo(snrDb, within(0.2));
        assertThat(quality.frequencyOffsetHz().getAsDouble()).isCloseTo(hertz, within(40.0));
        // A Hann window's main lobe is four lines wide.
        assertThat(quality.occupiedBandwidthHz().getAsDouble()).isBetween(RATE / 2048, 4 * RATE / 2048);
        assertThat(quality.levelDbfs())
                .isCloseTo(10 * Math.log10(Math.pow(10, -6) * (1 + Math.pow(10, snrDb / 10))), within(0.05));
        assertThat(quality.clippedShare()).isZero();
    }

    @Test
    void aBandOfKnownWidth() throws IOException {
        float[] iq = noise(100_000, -50, 2);
        addBand(iq, -30, 20_000, 45_000);

        RecordingQuality quality = of(iq);

        assertThat(quality.snrDb().getAsDouble()).isCloseTo(20, within(0.3));
        assertThat(quality.occupiedBandwidthHz().getAsDouble()).isCloseTo(0.99 * 25_000, within(250.0));
        assertThat(quality.frequencyOffsetHz().getAsDouble()).isCloseTo(32_500, within(300.0));
    }

    /** A receiver that lets half of the band through, and rounds to 16 bits. */
    @Test
    void whatAReceiversFilterTakesAwayIsNoNoise() throws IOException {
        float[] iq = halfBand(noise(100_000, -40, 9)); // -43 dB in what is let through
        addTone(iq, -33, 20_000);
        for (int n = 0; n < iq.length; n++) {
            iq[n] = Math.round(iq[n] * 32768) / 32768f;
        }

        RecordingQuality quality = of(iq);

        assertThat(quality.snrDb().getAsDouble()).isCloseTo(10, within(0.7));
        assertThat(quality.frequencyOffsetHz().getAsDouble()).isCloseTo(20_000, within(500.0));
    }

    @ParameterizedTest
    @CsvSource({"1000", "5000", "100000", "1000000"})
    void noiseAloneHasNoSignal(int samples) throws IOException {
        int alarms = 0;
        for (int seed = 0; seed < 10; seed++) {
            RecordingQuality quality = of(noise(samples, -20, seed));
            alarms += quality.snrDb().isPresent() ? 1 : 0;
            assertThat(quality.levelDbfs()).isCloseTo(-20, within(0.5));
            // What little may pass for a signal is far below the noise.
            assertThat(quality.snrDb().orElse(-99)).isLessThan(-10);
        }
        assertThat(alarms).isLessThanOrEqualTo(5);
    }

    @Test
    void realSignalsHaveTheirPowerOnOneSide() throws IOException {
        float[] real = new float[100_000];
        Random random = new Random(4);
        for (int n = 0; n < real.length; n++) {
            real[n] = (float) (0.5 * Math.sin(2 * Math.PI * 0.1 * n) + 0.05 * random.nextGaussian());
        }
        RecordingQuality quality =
                RecordingSurvey.of(Recordings.of(real, false, 48_000), 1).quality();
        assertThat(quality.snrDb().getAsDouble()).isCloseTo(10 * Math.log10(0.125 / 0.0025), within(0.2));
        assertThat(quality.frequencyOffsetHz().getAsDouble()).isCloseTo(4800, within(10.0));
        assertThat(quality.levelDbfs()).isCloseTo(10 * Math.log10(0.1275), within(0.05));
        assertThat(quality.peakDbfs()).isBetween(-6.0, -1.0);
    }

    @Test
    void clippingIsCountedAtTheLastCodeOfEachFormat() throws IOException {
        byte[] cu8 = new byte[2000];
        java.util.Arrays.fill(cu8, (byte) 127);
        cu8[0] = 0;
        cu8[101] = (byte) 255;
        cu8[300] = (byte) 254;
        cu8[302] = 1;
        assertThat(clipped("a.cu8", cu8)).isEqualTo(2 / 1000.0);
        byte[] cs8 = new byte[2000];
        cs8[0] = -128;
        cs8[101] = 127;
        cs8[300] = 126;
        cs8[402] = -126;
        assertThat(clipped("a.cs8", cs8)).isEqualTo(2 / 1000.0);
        float[] floats = new float[2000];
        floats[4] = 1;
        floats[5] = -1;
        floats[9] = 1.5f;
        floats[11] = 0.9999f;
        assertThat(of(floats).clippedShare()).isEqualTo(2 / 1000.0);
    }

    /** Software that multiplies by 127 or 32767 never writes the most negative code. */
    @ParameterizedTest
    @CsvSource({"cs8, 127", "cs16, 32767"})
    void clippingIsCountedOnBothSidesWhereSoftwareLeavesTheLastCodeOut(String format, int top) throws IOException {
        int samples = 10_000;
        ByteBuffer buffer = ByteBuffer.allocate(4 * samples).order(ByteOrder.LITTLE_ENDIAN);
        int clipped = 0;
        for (int n = 0; n < samples; n++) {
            double[] pair = {1.3 * Math.cos(0.7 * n), 1.3 * Math.sin(0.7 * n)};
            clipped += Math.abs(pair[0]) >= 1 || Math.abs(pair[1]) >= 1 ? 1 : 0;
            for (double value : pair) {
                long code = Math.round(top * Math.max(-1, Math.min(1, value)));
                if (top == 127) {
                    buffer.put((byte) code);
                } else {
                    buffer.putShort((short) code);
                }
            }
        }
        double share = clipped("a." + format, java.util.Arrays.copyOf(buffer.array(), buffer.position()));
        assertThat(share).isCloseTo((double) clipped / samples, within(0.01)).isGreaterThan(0.5);
    }

    private double clipped(String name, byte[] content) throws IOException {
        try (Recording recording = Recordings.open(Files.write(directory.resolve(name), content))) {
            return RecordingSurvey.of(recording, 1).quality().clippedShare();
        }
    }

    @Test
    void offsetOfTheDirectCurrent() throws IOException {
        float[] iq = noise(50_000, -30, 5);
        for (int n = 0; n < iq.length / 2; n++) {
            iq[2 * n] += 0.03f;
            iq[2 * n + 1] -= 0.04f;
        }
        assertThat(of(iq).dcDbfs()).isCloseTo(20 * Math.log10(0.05), within(0.1));
    }

    @Test
    void whatIsNoNumberIsCountedAndTakenAsZero() throws IOException {
        float[] iq = noise(SAMPLES, -40, 6);
        addTone(iq, -20, 10_000);
        double clean = of(iq).snrDb().getAsDouble();
        iq[10] = Float.NaN;
        iq[400_001] = Float.POSITIVE_INFINITY;
        RecordingQuality quality = of(iq);
        assertThat(quality.invalidSamples()).isEqualTo(2);
        assertThat(quality.snrDb().getAsDouble()).isCloseTo(clean, within(0.01));
        float[] huge = {Float.MAX_VALUE, 0, -Float.MAX_VALUE, 0};
        assertThat(of(huge).levelDbfs()).isCloseTo(770, within(5.0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "15", "100"})
    void shortAndSilentRecordingsHaveLevelsButNoSignal(int samples) throws IOException {
        RecordingQuality quality = of(new float[2 * samples]);
        assertThat(quality.samples()).isEqualTo(samples);
        assertThat(quality.levelDbfs()).isEqualTo(-200);
        assertThat(quality.snrDb()).isEmpty();
        assertThat(quality.occupiedBandwidthHz()).isEmpty();
        assertThat(of(noise(samples, 0, 1)).snrDb()).isEmpty();
    }

    @Test
    void theSurveyShowsWhenAndWhere() throws IOException {
        float[] iq = noise(SAMPLES, -60, 8);
        float[] burst = new float[iq.length];
        addTone(burst, -10, -50_000);
        System.arraycopy(burst, SAMPLES, iq, SAMPLES, SAMPLES / 2); // in the third quarter
        RecordingSurvey survey = RecordingSurvey.of(Recordings.of(iq, true, RATE), 40);

        assertThat(survey.columns()).isEqualTo(40);
        assertThat(survey.bins()).isEqualTo(2048);
        assertThat(survey.cyclesPerSample(0)).isEqualTo(-0.5);
        assertThat(survey.cyclesPerSample(1024)).isZero();
        int line = (int) Math.round((-50_000 / RATE + 0.5) * 2048);
        assertThat(survey.cyclesPerSample(line) * RATE).isCloseTo(-50_000, within(RATE / 2048));
        assertThat(survey.columnDb(25)[line]).isCloseTo(-10, within(3.3f));
        assertThat(survey.columnDb(15)[line]).isLessThan(-80);
        assertThat(survey.columnDb(35)[line]).isLessThan(-80);
        assertThat(survey.spectrumDb()[line]).isCloseTo(-16, within(3.3f));
        double sum = 0;
        for (float db : survey.spectrumDb()) {
            sum += Math.pow(10, db / 10);
        }
        assertThat(10 * Math.log10(sum)).isCloseTo(survey.quality().levelDbfs(), within(0.05));
        assertThatThrownBy(() -> RecordingSurvey.of(Recordings.of(iq, true, RATE), 0))
                .hasMessageContaining("columns 0 is not in 1..100000");
    }
}
