package io.heimdall.pipeline.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recordings that cannot be compared cost a session. */
class SessionEvidencesTest {
    private static final ObjectFiles AWAY = key -> {
        throw new ObjectStoreException(key.toString(), "the server is away", null, true);
    };

    @TempDir
    Path folder;

    private Workspace workspace;
    private List<Session> sessions;

    @BeforeEach
    void simulate() throws IOException {
        workspace = Workspace.create(folder.resolve("w"));
        new Simulation(World.tdoa(), 7).writeTo(workspace, 1, 1, done -> {});
        sessions = workspace.catalog().sessions().toList();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aServerThatIsAwayCostsASessionItsDelaysAndAWarning() {
        List<String> faults = new ArrayList<>();
        SessionEvidence evidence =
                new SessionEvidences(AWAY).of(sessions, done -> {}, faults::add).get(0);
        assertThat(evidence.tells(EvidenceKind.DELAYS)).isFalse();
        assertThat(faults).singleElement().asString().contains("gives no delays", "the server is away");
    }

    @Test
    void strictMeasurementsThrowWhereAServerIsAwayAndSucceedOnceItIsBack() {
        AtomicBoolean away = new AtomicBoolean(true);
        SessionEvidences strict =
                new SessionEvidences(key -> (away.get() ? AWAY : workspace.objects()).fetch(key)).strict();
        assertThatThrownBy(() -> strict.telling(sessions, fault -> {}))
                .isInstanceOfSatisfying(
                        DatasetException.class,
                        e -> assertThat(e.mayPassLater()).isTrue())
                .hasMessageContaining("the server is away");

        away.set(false);
        List<String> faults = new ArrayList<>();
        SessionEvidence evidence =
                strict.telling(sessions, faults::add).get(sessions.get(0).id());
        assertThat(evidence.tells(EvidenceKind.DELAYS)).isTrue();
        assertThat(faults).isEmpty();
    }

    @Test
    void strictMeasurementsGoOnWithoutRecordingsThatAreMissingOrDamaged() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.npy"), "no array");
        List<ObjectFiles> stores = List.of(
                key -> {
                    throw new NoSuchFileException(key.toString());
                },
                key -> damaged);
        for (ObjectFiles store : stores) {
            List<String> faults = new ArrayList<>();
            SessionEvidence evidence = new SessionEvidences(store)
                    .strict()
                    .of(sessions, done -> {}, faults::add)
                    .get(0);
            assertThat(evidence.tells(EvidenceKind.DELAYS)).isFalse();
            assertThat(faults).singleElement().asString().contains("gives no delays");
        }
    }
}
