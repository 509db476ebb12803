package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2021-05-06T07:08:09Z|2021-05-06T07:08:09Z",
                "2021-05-06t07:08:09z|2021-05-06T07:08:09Z",
                "2021-05-06 07:08:09Z|2021-05-06T07:08:09Z",
                "2021-05-06T07:08:09 UTC|2021-05-06T07:08:09Z",
                "2021-05-06T07:08Z|2021-05-06T07:08:00Z",
                "20210506T070809Z|2021-05-06T07:08:09Z",
                "2021/05/06 07:08:09Z|2021-05-06T07:08:09Z",
                "2021-05-06T07:08:09,5Z|2021-05-06T07:08:09.5Z",
                "2021-05-06T07:08:09.Z|2021-05-06T07:08:09Z",
                "2021-05-06T07:08:09.123456789987654321Z|2021-05-06T07:08:09.123456789Z",
                "2021-05-06T07:08:09+00:00|2021-05-06T07:08:09Z",
                "2021-05-06T07:08:09+0530|2021-05-06T01:38:09Z",
                "2021-05-06T07:08:09-03|2021-05-06T10:08:09Z",
                "2021-12-31T24:00:00Z|2022-01-01T00:00:00Z",
                "2016-12-31T23:59:60.25Z|2016-12-31T23:59:59.250Z",
            })
    void whatProgramsWriteIsRead(String text, Instant time) {
        assertThat(IsoTime.parse(text)).contains(new IsoTime(time, true));
        assertThat(IsoTime.parse("  " + text + "\n")).contains(new IsoTime(time, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-05-06T07:08:09", "2021-05-06 07:08:09.000", "20210506T070809"})
    void withoutZoneItIsUtc(String text) {
        assertThat(IsoTime.parse(text)).contains(new IsoTime(Instant.parse("2021-05-06T07:08:09Z"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2021-05-06",
                "07:08:09Z",
                "2021-02-29T07:08:09Z",
                "2021-05-06T25:08:09Z",
                "2021-05-06T24:00:01Z",
                "2021-05-06T07:60:09Z",
                "2021-05-06T07:08:61Z",
                "2021-05-06T07:08:09+19:00",
                "2021-0506T07:08:09Z",
                "1620284889",
                "2021-05-06T07:08:09Z and more"
            })
    void allElseIsNoTime(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }
}
