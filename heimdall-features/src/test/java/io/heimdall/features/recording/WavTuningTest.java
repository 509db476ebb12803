package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs write into chunks of their own, beside the samples. */
class WavTuningTest {
    @TempDir
    Path directory;

    private RecordingInfo info(String name, String id, Bytes content) throws IOException {
        Bytes wav = WavReaderTest.chunk(WavReaderTest.format(Bytes.little(), 1, 2, 192_000, 16), id, content);
        Path file = Files.write(
                directory.resolve(name),
                WavReaderTest.riff(
                        WavReaderTest.chunk(wav, "data", Bytes.little().i16(1, 2))));
        try (Recording recording = Recordings.open(file)) {
            return recording.info();
        }
    }

    private static Bytes auxi(long hertz, int... time) {
        return Bytes.little().i16(time).i16(time).i32(hertz, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0, 0",
        "1601, 1, 1, 1, 0, 0, 0",
        "2021, 0, 0, 5, 1, 2, 3",
        "2021, 13, 0, 5, 1, 2, 3",
        "2021, 2, 0, 29, 1, 2, 3",
        "2021, 5, 0, 6, 24, 2, 3",
        "2021, 5, 0, 6, 7, 61, 3",
        "65535, 65535, 65535, 65535, 65535, 65535, 65535",
    })
    void aTimeThatIsNoneCostsTheTimeAlone(int year, int month, int weekday, int day, int hour, int minute, int second)
            throws IOException {
        Bytes chunk = auxi(14_074_000, year, month, weekday, day, hour, minute, second, 0);
        RecordingInfo info = info("a.wav", "auxi", chunk);
        assertThat(info.centerFrequencyHz()).hasValue(14_074_000);
        assertThat(info.startTime()).isEmpty();
        assertThat(info.warnings()).hasSize(year <= 1601 ? 0 : 1);
        RecordingInfo named = info("HDSDR_20210506_070809Z_14074kHz_RF.wav", "auxi", chunk);
        assertThat(named.startTime()).contains(Instant.parse("2021-05-06T07:08:09Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "SDRSharp_20210506_070809Z_5760100000Hz_IQ.wav, 5760100000, 5760100000",
        "HDSDR_20210506_070809Z_10368200kHz_RF.wav, 10368200345, 10368200345",
        "baseband_24048025000Hz_x.wav, 24048025000, 24048025000",
        "SDRSharp_20210506_070809Z_14070000Hz_IQ.wav, 14071500, 14071500",
        "plain.wav, 5760100000, 1465132704",
    })
    void aFrequencyBeyond32BitsIsTheNames(String name, long tuned, double hertz) throws IOException {
        assertThat(info(name, "auxi", auxi(tuned, 2021, 5, 4, 6, 7, 8, 9, 0)).centerFrequencyHz())
                .hasValue(hertz);
        assertThat(info(name, "rcvr", rcvr(tuned, 1_620_284_889L)).centerFrequencyHz())
                .hasValue(hertz);
    }

    private static Bytes rcvr(long hertz, long seconds) {
        return Bytes.little().i32(hertz, 3, seconds).i16(1).raw(new byte[20]);
    }

    /** The chunk of Perseus, which Linrad and Jaguar write too; Linrad's may be longer. */
    @Test
    void perseusTellsFrequencyAndTime() throws IOException {
        for (Bytes chunk : new Bytes[] {
            rcvr(7_150_000, 1_620_284_889L), rcvr(7_150_000, 1_620_284_889L).raw(new byte[16])
        }) {
            RecordingInfo info = info("a.wav", "rcvr", chunk);
            assertThat(info.centerFrequencyHz()).hasValue(7_150_000);
            assertThat(info.startTime()).contains(Instant.parse("2021-05-06T07:08:09Z"));
            assertThat(info.sampleRateHz()).hasValue(192_000);
        }
        RecordingInfo nothing = info("a.wav", "rcvr", rcvr(0, 0));
        assertThat(nothing.centerFrequencyHz()).isEmpty();
        assertThat(nothing.startTime()).isEmpty();
        assertThat(info("a.wav", "rcvr", Bytes.little().i32(7_150_000)).centerFrequencyHz())
                .isEmpty();
    }
}
