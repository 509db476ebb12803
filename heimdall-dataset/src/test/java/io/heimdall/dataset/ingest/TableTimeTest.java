package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2023-03-05T07:08:09Z,           2023-03-05T07:08:09Z,    true",
        "2023-03-05t07:08:09.25z,        2023-03-05T07:08:09.25Z, true",
        "2023-03-05 07:08+01:00,         2023-03-05T06:08:00Z,    true",
        "2023-03-05 07:08:09 -0530,      2023-03-05T12:38:09Z,    true",
        "2023-03-05 07:08:09.123456789 UTC, 2023-03-05T07:08:09.123456789Z, true",
        "2023-03-05T07:08:09+02,         2023-03-05T05:08:09Z,    true",
        "20230305T070809Z,               2023-03-05T07:08:09Z,    true",
        "2023-03-05 07:08:09,            2023-03-05T07:08:09Z,    false",
        "20230305T070809.5,              2023-03-05T07:08:09.5Z,  false",
    })
    void readsWhatProgramsWrite(String text, Instant instant, boolean zoned) {
        assertThat(TableTime.parse(text)).contains(new TableTime(instant, zoned));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-02-29T07:08:09Z", "2023-03-05", "5.3.2023 07:08", "25:00", "2023-03-05T24:08Z", ""})
    void anythingElseIsNone(String text) {
        assertThat(TableTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25/12/2023 07:08    | write 2023-12-25T07:08:00Z",
                "12/25/2023 7:08:09  | write 2023-12-25T07:08:09Z",
                "3/4/23              | write 2023-04-03T00:00:00Z or 2023-03-04T00:00:00Z, whichever is meant",
                "5.5.2023 07:08:09   | write 2023-05-05T07:08:09Z",
                "2023/3/5 07:08      | write 2023-03-05T07:08:00Z",
                "2023-03-05          | write 2023-03-05T00:00:00Z",
                // 45000 days after 1899-12-30 is 2023-03-15; a quarter of a day is 6 hours.
                "45000.25            | as a spreadsheet's number of a day it is 2023-03-15T06:00:00Z",
                "45000,25            | as a spreadsheet's number of a day it is 2023-03-15T06:00:00Z",
                "1678000000          | as Unix time it is 2023-03-05T07:06:40Z",
                "1678000000.5        | as Unix time it is 2023-03-05T07:06:40.500Z",
                "1678000000500       | as Unix time it is 2023-03-05T07:06:40.500Z",
            })
    void advisesOnWhatSpreadsheetsWrite(String text, String advice) {
        assertThat(TimeAdvice.on(text)).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "40/40/2023", "12", "07:08"})
    void hasNoAdviceOnTheRest(String text) {
        assertThat(TimeAdvice.on(text)).isEmpty();
    }
}
