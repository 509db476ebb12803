package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSessionsTest {
    private static final Map<Column, String> UNKNOWN =
            Map.of(Column.SOURCE_NAME, "", Column.SOURCE_LAT, "", Column.SOURCE_LON, "");

    @TempDir
    Path directory;

    @Test
    void sourcesMayBeUnknown() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino", UNKNOWN)
                .row("two", "Torino")
                .row("one", "Genova", UNKNOWN)
                .write();
        LocalSessions local = LocalSessions.read(table, RowProgress.NONE);
        assertThat(local.refused()).isEmpty();
        assertThat(local.sessions()).extracting(Session::id).containsExactly("one", "two");
        Session one = local.sessions().get(0);
        assertThat(one.source()).isEmpty();
        assertThat(one.sourceName()).isEmpty();
        assertThat(one.measurements()).hasSize(2);
        assertThat(local.recordings()
                        .fetch(one.measurements()
                                .get(1)
                                .recorded()
                                .orElseThrow()
                                .key()))
                .isEqualTo(directory.resolve("iq/one-Genova.npy"));
        assertThat(local.sessions().get(1).source()).isPresent();
    }

    @Test
    void nothingIsWritten() throws IOException {
        Path table = new Table(directory).row("one", "Torino", UNKNOWN).write();
        List<Path> before = files();
        LocalSessions.read(table, RowProgress.NONE);
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aModelIsAskedWhatItWasTaught() throws IOException {
        Table rows = new Table(directory).row("one", "Torino").row("one", "Genova");
        byte[] iq = new byte[9000];
        new Random(5).nextBytes(iq);
        Files.write(rows.iq("g_10k.cu8"), iq);
        Path table = rows.row("one", "Milano", Map.of(Column.RECORDING, "iq/g_10k.cu8", Column.SAMPLE_RATE_HZ, ""))
                .write();
        LocalSessions local = LocalSessions.read(table, RowProgress.NONE);
        try (Workspace workspace = Workspace.create(directory.resolve("w"))) {
            Ingest.into(workspace).run(table, RowProgress.NONE);
            Session taught = workspace.catalog().session("one").orElseThrow();
            Session asked = local.sessions().get(0);
            RecordingFeatures teaching = new RecordingFeatures(
                    workspace.objects(), FeatureParameters.network(), new FeatureCache(directory.resolve("c1")));
            RecordingFeatures asking = new RecordingFeatures(
                    local.recordings(), FeatureParameters.network(), new FeatureCache(directory.resolve("c2")));
            for (int i = 0; i < 3; i++) {
                assertThat(asking.of(asked.measurements().get(i)))
                        .isEqualTo(teaching.of(taught.measurements().get(i)))
                        .hasSize(128 * 32);
            }
            assertThat(asked.measurements())
                    .extracting(m -> m.levelDb())
                    .isEqualTo(
                            taught.measurements().stream().map(m -> m.levelDb()).toList());
        }
    }

    @Test
    void refusedRowsAreListedAndTheRestIsUsed() throws IOException {
        Path table = new Table(directory)
                .row("one", "Torino", Map.of(Column.RECORDING, "gone.npy"))
                .row("two", "Torino")
                .row("two", "Genova", Map.of(Column.STATION_LAT, "?"))
                .write();
        List<String> heard = new java.util.ArrayList<>();
        LocalSessions local = LocalSessions.read(table, (done, total) -> heard.add(done + "/" + total));
        assertThat(local.sessions()).extracting(Session::id).containsExactly("two");
        assertThat(local.refused()).extracting(RefusedRow::line).containsExactly(2L, 4L);
        assertThat(heard).containsExactly("2/3", "3/3");
    }

    @Test
    void filesThatWereNotNamedAreNotThere() {
        ObjectKey key = new ObjectKey("b", "k");
        assertThatThrownBy(() -> new LocalFiles(Map.of()).fetch(key))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("s3://b/k");
    }
}
