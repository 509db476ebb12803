package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRecordingsTest {
    @TempDir
    Path folder;

    @Test
    void alsoRowsThatAreRefusedNameFiles() throws IOException {
        Path table = Files.write(
                folder.resolve("s.csv"),
                List.of(
                        "session_id,frequency_hz,station,station_lat,station_lon,recording",
                        "s1,145500000,A,45,8,a.wav",
                        "s1,145500000,B,95,8,sub/b.SIGMF-meta",
                        "s1,145500000,C,45,8,",
                        "s2,145500000,A,45,8,a.wav"));
        assertThat(TableRecordings.of(table))
                .containsExactly(
                        folder.resolve("a.wav"),
                        folder.resolve("sub/b.SIGMF-meta"),
                        folder.resolve("sub/b.sigmf-meta"),
                        folder.resolve("sub/b.sigmf-data"));
        assertThat(TableRecordings.of(Files.createFile(folder.resolve("empty.csv"))))
                .isEmpty();
    }
}
