package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.features.quality.RecordingQuality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void ingest() throws IOException {
        workspace = Workspace.create(directory.resolve("w"));
        Path table = new Table(directory)
                .row("one", "Torino")
                .row("one", "Genova")
                .row("two", "Torino")
                .write();
        Ingest.into(workspace).run(table, RowProgress.NONE);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private Session session(String id) {
        return workspace.catalog().session(id).orElseThrow();
    }

    /** As an earlier release wrote it: the ratio to the stopband of a receiver's filter, or no measures at all. */
    private void spoil(String id, Optional<RecordingQuality> wrong) {
        Session session = session(id);
        workspace
                .catalog()
                .add(session.heardBy(session.measurements().stream()
                        .map(m -> m.withRecorded(m.recorded().orElseThrow().withQuality(wrong)))
                        .toList()));
    }

    private Refresh.Result refresh(List<String> steps) throws IOException {
        return new Refresh(workspace.catalog(), workspace.objects()).run((done, all) -> steps.add(done + "/" + all));
    }

    @Test
    void wrongMeasuresAreReplacedAndNothingElse() throws IOException {
        Session one = session("one");
        Session two = session("two");
        spoil(
                "one",
                Optional.of(new RecordingQuality(
                        2000, -17, 0, 0, -60, OptionalDouble.of(84), OptionalDouble.of(10), OptionalDouble.of(0), 0)));
        spoil("two", Optional.empty());
        List<String> steps = new ArrayList<>();

        assertThat(refresh(steps)).isEqualTo(new Refresh.Result(2, 2, List.of()));

        assertThat(session("one")).isEqualTo(one);
        assertThat(session("two")).isEqualTo(two);
        assertThat(steps).containsExactly("1/2", "2/2");
        assertThat(refresh(steps)).isEqualTo(new Refresh.Result(2, 0, List.of()));
    }

    @Test
    void aRecordingThatIsGoneKeepsItsMeasuresAndIsNamed() throws IOException {
        spoil("one", Optional.empty());
        Measurement genova = session("one").measurements().get(1);
        workspace.objects().delete(genova.recorded().orElseThrow().key());

        Refresh.Result result = refresh(new ArrayList<>());

        assertThat(result.faults())
                .containsExactly("recording " + genova.recorded().orElseThrow().key() + " of station '"
                        + genova.station().name() + "' cannot be measured: it is not there");
        assertThat(result.changed()).isOne();
        assertThat(session("one").measurements().get(0).recorded().orElseThrow().quality())
                .isPresent();
        assertThat(session("one").measurements().get(1).recorded().orElseThrow().quality())
                .isEmpty();
    }
}
