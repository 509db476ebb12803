package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSpoolTest {
    @TempDir
    Path folder;

    @Test
    void textsAreReadInAnyOrderAndGoAwayInTheEnd() throws IOException {
        try (TextSpool spool = TextSpool.beside(folder.resolve("page.html"))) {
            TextSpool.Part first = spool.add("\u00e5 first");
            TextSpool.Part empty = spool.add("");
            TextSpool.Part last = spool.add("last");
            assertThat(spool.read(last)).isEqualTo("last");
            assertThat(spool.read(first)).isEqualTo("\u00e5 first");
            assertThat(spool.read(empty)).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
