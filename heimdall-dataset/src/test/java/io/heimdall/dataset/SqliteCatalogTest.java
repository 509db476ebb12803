package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends RecordingCatalogContract {

    @TempDir
    Path directory;

    @Override
    protected RecordingCatalog openEmpty() {
        return SqliteCatalog.open(directory.resolve("catalog.sqlite"));
    }

    @Test
    void aSecondProcessSeesWhatTheFirstWrote() {
        try (RecordingCatalog writer = SqliteCatalog.open(directory.resolve("shared.sqlite"));
                RecordingCatalog reader = SqliteCatalog.open(directory.resolve("shared.sqlite"))) {
            writer.add(Sessions.session("one"));
            assertThat(reader.sessions()).containsExactly(Sessions.session("one"));
        }
    }
}
