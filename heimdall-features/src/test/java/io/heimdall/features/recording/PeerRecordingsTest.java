package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Reads what numpy, scipy, soundfile (libsndfile) and SigMF's own library wrote; {@code make.py} beside the files. */
class PeerRecordingsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/recordings");

    @ParameterizedTest
    @CsvFileSource(resources = "/recordings/FIXTURES.tsv", delimiter = '\t')
    void whatOthersWriteIsRead(String name, Double rate, Double hertz, Instant start, String more) throws IOException {
        ReadOptions options = ReadOptions.defaults();
        options = more == null ? options : options.withStream(more.replace("stream=", ""));
        try (Recording recording = Recordings.open(DIRECTORY.resolve(name), options)) {
            RecordingInfo info = recording.info();
            assertThat(info.complex()).isTrue();
            assertThat(info.sampleRateHz()).isEqualTo(optional(rate));
            assertThat(info.centerFrequencyHz()).isEqualTo(optional(hertz));
            assertThat(info.startTime().orElse(null)).isEqualTo(start);
            float[] iq = Bytes.samples(recording);
            assertThat(iq).hasSize(128);
            double step = info.bits().isPresent()
                    ? Math.scalb(1.0, 1 - Math.min(20, info.bits().getAsInt()))
                    : 1e-7;
            for (int n = 0; n < 64; n++) {
                assertThat((double) iq[2 * n]).isCloseTo(0.5 * Math.cos(Math.PI * n / 8), within(step));
                assertThat((double) iq[2 * n + 1]).isCloseTo(0.5 * Math.sin(Math.PI * n / 8), within(step));
            }
        }
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
