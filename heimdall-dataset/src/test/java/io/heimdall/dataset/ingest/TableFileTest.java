package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {

    @TempDir
    Path directory;

    private List<TableFile.Row> rows(String content) throws IOException {
        return rows(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<TableFile.Row> rows(byte[] content) throws IOException {
        List<TableFile.Row> rows = new ArrayList<>();
        try (TableFile file = TableFile.open(Files.write(directory.resolve("t.csv"), content))) {
            for (Optional<TableFile.Row> row = file.next(); row.isPresent(); row = file.next()) {
                rows.add(row.get());
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void cellsAreSeparatedAsTheFirstLineSeparatesThem(String separator) throws IOException {
        String text = "\uFEFF\r\na|b|c\r\n1,5|\"x; \"\"y\"\"|z\"| 3 \r\n".replace('|', separator.charAt(0));
        assertThat(rows(text.replace("1,5", "\"1,5\"")))
                .containsExactly(
                        new TableFile.Row(2, List.of("a", "b", "c")),
                        new TableFile.Row(3, List.of("1,5", "x; \"y\"|z".replace('|', separator.charAt(0)), "3")));
        try (TableFile file = TableFile.open(directory.resolve("t.csv"))) {
            assertThat(file.decimalCommas()).isEqualTo(!separator.equals(","));
        }
    }

    @Test
    void commentsAboveTheFirstRowAreSkipped() throws IOException {
        assertThat(rows("# one, two; three; four; five\r\n#\r\n# sep=;\r\na,b\r\n# 1,2\r\n"))
                .containsExactly(new TableFile.Row(4, List.of("a", "b")), new TableFile.Row(5, List.of("# 1", "2")));
        assertThat(rows("\uFEFF# exported\nsep=;\na;b\n")).containsExactly(new TableFile.Row(3, List.of("a", "b")));
        assertThat(rows("#\n# nothing else")).isEmpty();
    }

    @Test
    void aColumnOfNumbersIsNoComment() throws IOException {
        assertThat(rows("#,a\n1,x\n"))
                .containsExactly(new TableFile.Row(1, List.of("#", "a")), new TableFile.Row(2, List.of("1", "x")));
    }

    @Test
    void textInUtf16IsReadByItsByteOrderMark() throws IOException {
        byte[] bigEndian = "\uFEFFa\tK\u00f6ln\r\n1\t2".getBytes(StandardCharsets.UTF_16BE);
        byte[] littleEndian = "\uFEFFa\tK\u00f6ln\r\n1\t2".getBytes(StandardCharsets.UTF_16LE);
        assertThat(rows(bigEndian))
                .isEqualTo(rows(littleEndian))
                .containsExactly(
                        new TableFile.Row(1, List.of("a", "K\u00f6ln")), new TableFile.Row(2, List.of("1", "2")));
    }

    @Test
    void aLineMayTellTheSeparator() throws IOException {
        assertThat(rows("sep=;\r\na,b;c\r\n1,5;2"))
                .containsExactly(new TableFile.Row(2, List.of("a,b", "c")), new TableFile.Row(3, List.of("1,5", "2")));
    }

    @Test
    void rowsOfEmptyCellsAreNoneAndLinesAreCountedAsAnEditorDoes() throws IOException {
        assertThat(rows("a,b\n,\n\n\"1\n2\",3\n , \n4,5"))
                .extracting(TableFile.Row::line)
                .containsExactly(1L, 4L, 7L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504b0304140006 | is a workbook of a spreadsheet, not a table; save it as CSV in UTF-8",
                "d0cf11e0a1b11a | is a workbook of a spreadsheet, not a table",
                "1f8b0800       | is compressed, not a table",
                "4bf66c6e       | is not text in UTF-8; save it as CSV in UTF-8",
            })
    void saysWhatAnotherFileIs(String hex, String fault) {
        byte[] content = java.util.HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> rows(content))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(directory.resolve("t.csv") + " " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b,c\n4,5,6\n", "\"b\"x,c\n"})
    void namesTheLineWithAQuotationMarkTooMuch(String end) {
        assertThatThrownBy(() -> rows("a,b,c\n1,2,3\n" + end))
                .isInstanceOf(DatasetException.class)
                .hasMessage(directory.resolve("t.csv") + ": line 3 has a quotation mark that is not closed before a"
                        + " separator or the end of a line; inside of quoted text it is written twice");
    }
}
