package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field of SigMF metadata that is not understood costs a warning, and nothing else of the recording. */
class SigmfFieldsTest {
    @TempDir
    Path directory;

    private RecordingInfo info(byte[] meta, ReadOptions options) throws IOException {
        Bytes.little().u8(1, 2, 3, 4, 5, 6, 7, 8).to(directory.resolve("a.sigmf-data"));
        Path file = Files.write(directory.resolve("a.sigmf-meta"), meta);
        try (Recording recording = Recordings.open(file, options)) {
            return recording.info();
        }
    }

    private RecordingInfo info(String meta) throws IOException {
        return info(meta.getBytes(StandardCharsets.UTF_8), ReadOptions.defaults());
    }

    private RecordingInfo withGlobal(String field) throws IOException {
        RecordingInfo info = info(
                SigmfReaderTest.meta("ci8", ", " + field, "[{\"core:sample_start\": 0, \"core:frequency\": 868.3e6}]"));
        assertThat(info.samples()).isEqualTo(4);
        assertThat(info.centerFrequencyHz()).hasValue(868_300_000);
        return info;
    }

    private RecordingInfo withCapture(String field) throws IOException {
        RecordingInfo info = info(SigmfReaderTest.meta(
                "ci8", ", \"core:sample_rate\": 250000", "[{\"core:sample_start\": 0, " + field + "}]"));
        assertThat(info.samples()).isEqualTo(4);
        return info;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "-250000", "0", "1e300", "\"250 kHz\"", "\"\"", "\"9f\"", "[1]", "{}", "true"
            })
    void aRateThatIsNoneIsUnknown(String value) throws IOException {
        RecordingInfo info = withGlobal("\"core:sample_rate\": " + value);
        assertThat(info.sampleRateHz()).isEmpty();
        assertThat(info.warnings())
                .singleElement()
                .asString()
                .startsWith("core:sample_rate of global is " + value.replace('"', '\''))
                .endsWith("not a positive number of samples a second: it is unknown");
    }

    @ParameterizedTest
    @CsvSource({"\"250000\", 250000", "\" 2.5e5 \", 250000", "+5, 5", "007, 7", ".5, 0.5", "null,"})
    void aRateMayBeWrittenInOtherWays(String value, Double rate) throws IOException {
        RecordingInfo info = withGlobal("\"core:sample_rate\": " + value.replace('\'', '"'));
        assertThat(info.sampleRateHz()).isEqualTo(rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate));
        assertThat(info.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "-1e300", "\"868 MHz\"", "{\"a\": [1, {}]}", "false"})
    void aFrequencyThatIsNoneIsUnknown(String value) throws IOException {
        RecordingInfo info = withCapture("\"core:frequency\": " + value);
        assertThat(info.centerFrequencyHz()).isEmpty();
        assertThat(info.sampleRateHz()).hasValue(250_000);
        assertThat(info.warnings()).singleElement().asString().startsWith("core:frequency of capture 0 is ");
    }

    @Test
    void aTimeThatIsNoneIsUnknown() throws IOException {
        for (String value :
                new String[] {"\"\"", "\"2021-02-30T07:08:09Z\"", "7", "[]", "\"" + "x".repeat(90_000) + "\""}) {
            RecordingInfo info = withCapture("\"core:datetime\": " + value);
            assertThat(info.startTime()).isEmpty();
            assertThat(info.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning)
                            .startsWith("core:datetime of capture 0 is ")
                            .hasSizeLessThan(200));
        }
        RecordingInfo unzoned = withCapture("\"core:datetime\": \"2021-05-06T07:08:09\"");
        assertThat(unzoned.startTime()).contains(Instant.parse("2021-05-06T07:08:09Z"));
        assertThat(unzoned.warnings())
                .containsExactly("core:datetime 2021-05-06T07:08:09 has no time zone: UTC is taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"point\", \"coordinates\": [7.5, 45.25, 240]}|45.25|7.5|240",
                "{\"type\": \"Point\", \"coordinates\": [7.5, 45.25, null]}|45.25|7.5|",
                "{\"type\": \"Point\", \"coordinates\": [7.5, 45.25, NaN]}|45.25|7.5|",
                "{\"type\": \"Point\", \"coordinates\": [\"7.5\", \"45.25\"]}|45.25|7.5|",
                "{\"coordinates\": [7.5, 45.25, 3, 4, 5]}|45.25|7.5|3",
                "null|||",
            })
    void aPlaceMayBeWrittenInOtherWays(String value, Double latitude, Double longitude, Double altitude)
            throws IOException {
        RecordingInfo info = withGlobal("\"core:geolocation\": " + value);
        assertThat(info.warnings()).isEmpty();
        assertThat(info.position().map(Position::latitude).orElse(null)).isEqualTo(latitude);
        assertThat(info.position().map(Position::longitude).orElse(null)).isEqualTo(longitude);
        assertThat(info.position().map(Position::altitudeMetres).orElse(OptionalDouble.empty()))
                .isEqualTo(altitude == null ? OptionalDouble.empty() : OptionalDouble.of(altitude));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"Point\"}",
                "{\"type\": \"Point\", \"coordinates\": []}",
                "{\"type\": \"Point\", \"coordinates\": [7.5]}",
                "{\"type\": \"Point\", \"coordinates\": [7.5, null]}",
                "{\"type\": \"Point\", \"coordinates\": [NaN, 45.25]}",
                "{\"type\": \"Point\", \"coordinates\": [45.25, 107.5]}",
                "{\"type\": \"Point\", \"coordinates\": {\"lat\": 45.25}}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[7, 45], [8, 46]]]}",
                "\"45.25, 7.5\"",
                "[7.5, 45.25]"
            })
    void aPlaceThatIsNoneIsUnknown(String value) throws IOException {
        RecordingInfo info = withGlobal("\"core:geolocation\": " + value);
        assertThat(info.position()).isEmpty();
        assertThat(info.warnings())
                .singleElement()
                .asString()
                .startsWith("core:geolocation of global is ")
                .endsWith("the position is unknown");
    }

    @Test
    void ofTwoFieldsOfANameTheLastCounts() throws IOException {
        RecordingInfo info = info("{\"global\": {\"core:datatype\": \"ri8\"}, \"captures\": [{\"core:frequency\": 1,"
                + " \"core:frequency\": 2e6}], \"global\": {\"core:datatype\": \"ci8\", \"core:sample_rate\": 1,"
                + " \"core:sample_rate\": 48000}}");
        assertThat(info.complex()).isTrue();
        assertThat(info.sampleRateHz()).hasValue(48_000);
        assertThat(info.centerFrequencyHz()).hasValue(2e6);
        assertThat(info.warnings())
                .containsExactly(
                        "core:frequency is in capture 0 more than once: the last one is used",
                        "global is in the metadata more than once: the last one is used",
                        "core:sample_rate is in global more than once: the last one is used");
    }

    @Test
    void whatNobodyAsksForMayBeAnything() throws IOException {
        String rest = "\"annotations\": [{\"core:freq_lower_edge\": NaN, \"x\": [[[Infinity]], -INF]}], \"more\": null";
        String description = "d".repeat(3_000_000) + "\\u00e4 C:\\data\tand\nlines";
        RecordingInfo info = info("{" + rest + ", \"global\": {\"core:datatype\": \"ci8\", \"core:description\": \""
                + description + "\", \"core:sample_rate\": 9,}, // by hand\n \"captures\": [], # too\n}");
        assertThat(info.sampleRateHz()).hasValue(9);
        assertThat(info.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void textIsReadInItsEncoding(String encoding) throws IOException {
        String mark = encoding.equals("UTF-8") ? "\ufeff" : "";
        String meta = SigmfReaderTest.meta("ci8", ", \"core:author\": \"M\u00fcller\", \"core:sample_rate\": 8", "[]");
        RecordingInfo info = info((mark + meta).getBytes(Charset.forName(encoding)), ReadOptions.defaults());
        assertThat(info.sampleRateHz()).hasValue(8);
        assertThat(info.warnings()).isEmpty();
    }

    @Test
    void aCaptureMayHaveARateOfItsOwn() throws IOException {
        assertThat(info(SigmfReaderTest.meta("ci8", "", "[{\"core:sample_rate\": 96000}]"))
                        .sampleRateHz())
                .hasValue(96_000);
        RecordingInfo other = withCapture("\"core:sample_rate\": 96000");
        assertThat(other.sampleRateHz()).hasValue(96_000);
        assertThat(other.warnings())
                .containsExactly("core:sample_rate is 250000 in global and 96000 in the capture: the latter is used");
        RecordingInfo wrong = withCapture("\"core:sample_rate\": \"fast\"");
        assertThat(wrong.sampleRateHz()).hasValue(250_000);
        assertThat(wrong.warnings()).singleElement().asString().endsWith("that of the whole recording counts");
        assertThat(withCapture("\"core:sample_rate\": 250000").warnings()).isEmpty();
    }

    @Test
    void sdrAngelsOwnKeysCount() throws IOException {
        String captures =
                "[{\"core:sample_start\": 0, \"sdrangel:sample_rate\": 50000, \"sdrangel:tsms\": 1620284880000},"
                        + " {\"core:sample_start\": 2, \"sdrangel:sample_rate\": 75000, \"sdrangel:tsms\": 1620284889000,"
                        + " \"core:datetime\": \"2021-05-06T07:08:09.250Z\"},"
                        + " {\"core:sample_start\": 3, \"sdrangel:sample_rate\": 0, \"sdrangel:tsms\": 1620284889000,"
                        + " \"core:datetime\": \"2021-05-06T09:08:09Z\"}]";
        byte[] meta = SigmfReaderTest.meta("ci8", ", \"core:sample_rate\": 50000", captures)
                .getBytes(StandardCharsets.UTF_8);
        RecordingInfo first = info(meta, ReadOptions.defaults().withCapture(0));
        assertThat(first.sampleRateHz()).hasValue(50_000);
        assertThat(first.startTime()).contains(Instant.parse("2021-05-06T07:08:00Z"));
        RecordingInfo second = info(meta, ReadOptions.defaults().withCapture(1));
        assertThat(second.sampleRateHz()).hasValue(75_000);
        assertThat(second.startTime()).contains(Instant.parse("2021-05-06T07:08:09.250Z"));
        assertThat(second.warnings()).isEmpty();
        RecordingInfo third = info(meta, ReadOptions.defaults().withCapture(2));
        assertThat(third.sampleRateHz()).hasValue(50_000);
        assertThat(third.startTime()).contains(Instant.parse("2021-05-06T07:08:09Z"));
        assertThat(third.warnings())
                .singleElement()
                .asString()
                .contains("core:datetime", "sdrangel:tsms", "the latter");
    }

    /** SDRangel fills 24 of 32 bits. */
    @Test
    void sdrAngelsLongIntegersReachFullScale() throws IOException {
        Bytes.little().i32(-(1 << 23), 1 << 22).to(directory.resolve("b.sigmf-data"));
        Path file = Files.writeString(
                directory.resolve("b.sigmf-meta"),
                SigmfReaderTest.meta("ci32_le", ", \"sdrangel:version\": \"7.22.1\"", "[]"));
        assertThat(Bytes.samples(file)).containsExactly(-1, 0.5f);
    }

    @Test
    void capturesAndChannelsThatAreNotReadAreSaid() throws IOException {
        String meta = SigmfReaderTest.meta(
                "ri8", ", \"core:num_channels\": \"2\"", "[{\"core:sample_start\": 0}, {\"core:sample_start\": 1}]");
        assertThat(info(meta).warnings())
                .containsExactly(
                        "the recording has 2 channels, of which only channel 0 is read (--channel chooses another)",
                        "the recording has 2 captures, of which only capture 0 is read (--capture chooses another)");
        ReadOptions chosen = ReadOptions.defaults().withChannel(0).withCapture(0);
        assertThat(info(meta.getBytes(StandardCharsets.UTF_8), chosen).warnings())
                .isEmpty();
        assertThat(info(SigmfReaderTest.meta("ci8", "", "{\"x\": 1}")).warnings())
                .containsExactly("captures of the metadata is no list: all samples are taken for one capture");
    }

    @Test
    void dataThatIsCutOffIsReadAsFarAsItIsThere() throws IOException {
        String captures = "[{\"core:sample_start\": 1}, {\"core:sample_start\": 3, \"core:header_bytes\": 1},"
                + " {\"core:sample_start\": 900}]";
        byte[] meta = SigmfReaderTest.meta("ci8", "", captures).getBytes(StandardCharsets.UTF_8);
        RecordingInfo first = info(meta, ReadOptions.defaults().withCapture(0));
        assertThat(first.samples()).isEqualTo(2);
        assertThat(first.warnings()).singleElement().asString().contains("capture 0 is still there");
        assertThatThrownBy(() -> info(meta, ReadOptions.defaults().withCapture(1)))
                .hasMessageContaining("8 bytes of data, which end before capture 1 begins")
                .hasMessageContaining("core:sample_start 3 on, behind core:header_bytes 1");
        byte[] half = SigmfReaderTest.meta("ci8", "", "[{}, {\"core:sample_start\": 70}]")
                .getBytes(StandardCharsets.UTF_8);
        RecordingInfo cut = info(half, ReadOptions.defaults().withCapture(0));
        assertThat(cut.samples()).isEqualTo(4);
        assertThat(cut.warnings()).singleElement().asString().contains("after 4 of the 70 samples of capture 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"TODO\"", "\"\"", "\"sha512:00\"", "[]"})
    void aChecksumWithoutDigitsIsNotChecked(String value) throws IOException {
        assertThat(withGlobal("\"core:sha512\": " + value).warnings())
                .singleElement()
                .asString()
                .startsWith("core:sha512 of global is ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"global\": {\"core:datatype\": \"ci8\" 5}}`|text that is no JSON at line 1, column 36",
                "`{\"global\": {\"core:datatype\": \"ci8\"`|the end in the middle of the JSON",
                "`{\"a\":`|the end in the middle of the JSON",
                "`[\"global\", 5]`|text, '[\"global\", 5]', expected SigMF metadata",
                "``|an empty file, expected SigMF metadata",
                "`{\"global\": [], \"captures\": []}`|no core:datatype in global",
                "`{\"global\": {\"core:datatype\": [\"ci8\"]}}`|core:datatype [ci8]",
            })
    void noMessageIsALibrarys(String meta, String message) {
        assertThatThrownBy(() -> info(meta))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("com.fasterxml", "JsonReadFeature", "Source:", "Unexpected", "token");
    }
}
