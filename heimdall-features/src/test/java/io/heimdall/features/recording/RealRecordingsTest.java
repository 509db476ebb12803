package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads recordings that others made, where they lie beside the repository. */
class RealRecordingsTest {

    private static Path real(String name) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "no repository root above the working directory");
        Path file = root.resolveSibling("shared/data/real").resolve(name);
        assumeTrue(Files.exists(file), "real recordings are not here: " + file);
        return file;
    }

    /** Power of the spectrum's line at an offset, and all power, per sample. */
    private static double[] lineAndTotal(float[] iq, int start, int samples, double cyclesPerSample) {
        double re = 0;
        double im = 0;
        double total = 0;
        for (int n = 0; n < samples; n++) {
            double i = iq[2 * (start + n)];
            double q = iq[2 * (start + n) + 1];
            double c = Math.cos(2 * Math.PI * cyclesPerSample * n);
            double s = Math.sin(2 * Math.PI * cyclesPerSample * n);
            re += i * c + q * s;
            im += q * c - i * s;
            total += i * i + q * q;
        }
        return new double[] {(re * re + im * im) / samples / samples, total / samples};
    }

    @ParameterizedTest
    @CsvSource({
        "DF0KL, 351744, 12001.145, 2017-11-27T10:41:56.129Z",
        "F1JEK, 348160, 12001.202, 2017-11-27T10:41:56.362Z",
        "HB9RYZ, 353792, 12001.132, 2017-11-27T10:41:55.953Z",
    })
    void dcf77OfThreeKiwis(String station, long samples, double rate, Instant start) throws IOException {
        try (Recording recording = Recordings.open(real("dcf77-2017/20171127T104156Z_77500_" + station + "_iq.wav"))) {
            RecordingInfo info = recording.info();
            assertThat(info.format()).isEqualTo("wav");
            assertThat(info.complex()).isTrue();
            assertThat(info.samples()).isEqualTo(samples);
            assertThat(info.sampleRateHz().getAsDouble()).isCloseTo(rate, within(0.01));
            assertThat(info.centerFrequencyHz()).isEqualTo(OptionalDouble.of(77_500));
            assertThat(Duration.between(start, info.startTime().get()).abs()).isLessThan(Duration.ofMillis(2));
            assertThat(info.bits()).hasValue(16);
            assertThat(info.gaps()).isEmpty();
            assertThat(info.clockSigmaSeconds().getAsDouble()).isBetween(5e-6, 5.1e-6);
            float[] iq = Bytes.samples(recording);
            // The carrier stands within a hertz of the tuned frequency, and is most of what the receiver hears.
            double strongest = 0;
            for (double hertz = -2; hertz <= 2; hertz += 0.25) {
                double[] power = lineAndTotal(iq, 48_000, 12_000, hertz / rate);
                strongest = Math.max(strongest, power[0] / power[1]);
            }
            assertThat(strongest).isGreaterThan(0.3);
            assertThat(lineAndTotal(iq, 48_000, 12_000, 3000 / rate)[0]).isLessThan(1e-5);
        }
    }

    @Test
    void modeSOfAnRtlSdr() throws IOException {
        try (Recording recording =
                Recordings.open(real("modes1.cu8"), ReadOptions.defaults().withSampleRateHz(2e6))) {
            assertThat(recording.info().format()).isEqualTo("cu8");
            assertThat(recording.info().samples()).isEqualTo(356_868);
            float[] iq = Bytes.samples(recording);
            double mean = 0;
            double peak = 0;
            for (float value : iq) {
                mean += value / iq.length;
                peak = Math.max(peak, Math.abs(value));
            }
            assertThat(mean).isCloseTo(0, within(0.01));
            assertThat(peak).isBetween(0.3, 1.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"sigmf_logo.sigmf-meta, 0", "sigmf_logo.sigmf-data, 1", "sigmf_logo, 1"})
    void logoOfSigmf(String name, int channel) throws IOException {
        Path file = real("sigmf_logo.sigmf-meta").resolveSibling(name);
        try (Recording recording = Recordings.open(file, ReadOptions.defaults().withChannel(channel))) {
            RecordingInfo info = recording.info();
            assertThat(info.complex()).isFalse();
            assertThat(info.samples()).isEqualTo(288_000);
            assertThat(info.channels()).isEqualTo(2);
            assertThat(info.sampleRateHz()).isEqualTo(OptionalDouble.of(48_000));
            assertThat(info.startTime()).contains(Instant.parse("2021-06-18T23:17:51.163959Z"));
            float[] signal = Bytes.samples(recording);
            double power = 0;
            for (float value : signal) {
                power += value * value / signal.length;
            }
            assertThat(power).isBetween(1e-3, 1.0);
        }
    }
}
