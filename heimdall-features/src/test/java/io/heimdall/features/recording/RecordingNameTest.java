package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingNameTest {

    @ParameterizedTest
    @CsvSource({
        // of several tokens the last
        "lora_sf9_250k_869.525M_2400k.cu8, 2400000, 869525000",
        "probe_5M_below_315M_1024k.cs16, 1024000, 315000000",
        "a_8k_16ksps_868MHz_433.05MHz_2.048Msps.cf32, 2048000, 433050000",
        "77500Hz_1.2GHz.cs8, , 1200000000",
        // case
        "G007_868.3m_2000K.CU8, 2000000, 868300000",
        "X_2.4gHZ_20MSPS.cs8, 20000000, 2400000000",
        "x_7150KHZ.cs8, , 7150000",
        // signs
        "offset_-100k_433.92M_250k.cu8, 250000, 433920000",
        "offset_433.92M_-100k.cu8, , 433920000",
        "-868M.cu8, ,",
        "gain_+20M.cu8, ,",
        "a--5M.cu8, ,",
        "gqrx-433.92M-250k.cu8, 250000, 433920000",
        // what only looks like one
        "sf7_bw125_v2.5m2.cu8, ,",
        "'433,92M.cu8', ,",
        "Mk2_10.cu8, ,",
        "(868.1M) [250k].cu8, 250000, 868100000",
        "rec.868.1M.250k.cu8, 250000, 868100000",
        "b_0M_0k.cf32, ,",
    })
    void tokensOfRtl433(String name, Double rate, Double frequency) {
        RecordingName known =
                RecordingName.of(ByteSources.of(Path.of("folder_1M_1k", name)).name());
        assertThat(known.sampleRateHz()).isEqualTo(optional(rate));
        assertThat(known.centerFrequencyHz()).isEqualTo(optional(frequency));
    }

    @ParameterizedTest
    @CsvSource({
        "SDRSharp_20230615_235959Z_145000000Hz_IQ.wav, 2023-06-15T23:59:59Z, 145000000",
        "sdrsharp_20230615_235959z_145000000hz_iq.wav, 2023-06-15T23:59:59Z, 145000000",
        "SDRSharp_20230229_120000Z_145000000Hz_IQ.wav, , 145000000",
        "SDRSharp_20231301_120000Z_145000000Hz_IQ.wav, , 145000000",
        "SDRSharp_20230615_240000Z_145000000Hz_IQ.wav, , 145000000",
        "20220101_000000Z_copy_20230615_235959Z_100kHz_145MHz.wav, 2023-06-15T23:59:59Z, 145000000",
        "SDRconnect_IQ_20230615_235959_145000000HZ.wav, , 145000000",
        "2023-06-15T23-59-59Z_145M.cu8, 2023-06-15T23:59:59Z, 145000000",
        "20230615T235959.250Z_145M.cu8, 2023-06-15T23:59:59Z, 145000000",
        "20180301T101112Z_198000_G8JNJ_iq.wav, 2018-03-01T10:11:12Z, 198000",
        "20180230T101112Z_198000_G8JNJ_iq.wav, , 198000",
    })
    void timesThatExist(String name, Instant start, Double frequency) {
        RecordingName known = RecordingName.of(name);
        assertThat(known.startTime().orElse(null)).isEqualTo(start);
        assertThat(known.centerFrequencyHz()).isEqualTo(optional(frequency));
    }

    @ParameterizedTest
    @CsvSource({
        "gqrx_20230615_235959_145500000_2400000_fc.raw, 2023-06-15T23:59:59Z",
        "GQRX_20230615_235959_145500000_2400000_FC.RAW, 2023-06-15T23:59:59Z",
        "roof gqrx_20230615_235959_145500000_2400000_fc (1).raw, 2023-06-15T23:59:59Z",
        "gqrx_20230631_235959_145500000_2400000_fc.raw,",
    })
    void gqrxHasAPlaceForEach(String name, Instant start) {
        RecordingName known = RecordingName.of(name);
        assertThat(RecordingName.isGqrx(name)).isTrue();
        assertThat(known.startTime().orElse(null)).isEqualTo(start);
        assertThat(known.centerFrequencyHz()).hasValue(145_500_000);
        assertThat(known.sampleRateHz()).hasValue(2_400_000);
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
