package io.heimdall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.WorkspacePush;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.testing.FaultyLine;
import io.heimdall.servers.testing.FaultyLine.Fault;
import io.heimdall.servers.testing.FaultyLine.Way;
import io.heimdall.servers.testing.PostgresServer;
import io.heimdall.servers.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class WorkspacePushTest {

    private static final int SESSIONS = 30;
    private static final int OBJECTS = 2 * SESSIONS + SESSIONS + 1;

    @TempDir
    Path directory;

    private Workspace workspace;
    private PostgresCatalog catalog;
    private MinioObjectStore objects;
    private String prefix;

    @BeforeEach
    void fill() throws Exception {
        // The server of these tests outlives them: names that no other test has.
        prefix = "push" + System.nanoTime() + "-";
        workspace = Workspace.create(directory.resolve("w"));
        for (int i = 0; i < SESSIONS; i++) {
            Session session = Sessions.session(prefix + i, "source", new GeoPoint(45, 7), i % 2 == 0);
            workspace.catalog().add(session);
            for (Measurement measurement : session.measurements()) {
                put(measurement.recorded().orElseThrow().key(), 20_000 + i);
            }
            put(
                    session.measurements().get(0).recorded().orElseThrow().key().sibling("websdr_1_metadata.json"),
                    100 + i);
        }
        put(new ObjectKey(ObjectKey.MODELS, prefix + "model.onnx"), 9 << 20);
        catalog = PostgresCatalog.open(PostgresServer.shared().newCatalog());
        objects = MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30);
    }

    @AfterEach
    void close() {
        workspace.close();
        catalog.close();
        objects.close();
    }

    private void put(ObjectKey key, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        workspace.objects().put(key, new ByteArrayInputStream(bytes));
    }

    private void assertEverythingIsThere() throws IOException {
        assertThat(catalog.allSessions())
                .containsExactlyElementsOf(workspace.catalog().allSessions().toList());
        List<ObjectKey> keys = new ArrayList<>(workspace.objects().list(ObjectKey.RECORDINGS, ""));
        keys.addAll(workspace.objects().list(ObjectKey.MODELS, ""));
        assertThat(keys).hasSize(OBJECTS);
        for (ObjectKey key : keys) {
            assertThat(objects.sha256(key))
                    .as(key.toString())
                    .isEqualTo(workspace.objects().sha256(key));
        }
    }

    @Test
    void copiesEverythingOnce() throws Exception {
        WorkspacePush push = new WorkspacePush(workspace, catalog, objects, 3);
        List<WorkspacePush.Result> told = new ArrayList<>();
        assertThat(push.run(told::add)).isEqualTo(new WorkspacePush.Result(SESSIONS, OBJECTS, 0));
        assertThat(told).last().isEqualTo(new WorkspacePush.Result(SESSIONS, OBJECTS, 0));
        assertEverythingIsThere();
        assertThat(push.run(told::add)).isEqualTo(new WorkspacePush.Result(SESSIONS, 0, OBJECTS));
        assertEverythingIsThere();
    }

    @Test
    void sessionsOfLevelsNeedNoObjects() throws Exception {
        Session like = Sessions.session(prefix + "levels");
        Station bus = new Station("bus", new GeoPoint(45.5, 7.25));
        workspace
                .catalog()
                .add(like.heardBy(List.of(
                        Measurement.level(bus, -81.5).at(Sessions.START).withClockSigma(1e-6),
                        Measurement.silence(new Station("Genova", new GeoPoint(44.4, 8.9))))));
        WorkspacePush push = new WorkspacePush(workspace, catalog, objects, 3);
        assertThat(push.run(soFar -> {})).isEqualTo(new WorkspacePush.Result(SESSIONS + 1, OBJECTS, 0));
        assertEverythingIsThere();
        assertThat(push.run(soFar -> {})).isEqualTo(new WorkspacePush.Result(SESSIONS + 1, 0, OBJECTS));
        assertEverythingIsThere();
    }

    @Test
    void aRecordingThatChangedIsSentAgainEvenAtTheSameLength() throws Exception {
        WorkspacePush push = new WorkspacePush(workspace, catalog, objects, 2);
        push.run(soFar -> {});
        ObjectKey changed = Sessions.session(prefix + 3)
                .measurements()
                .get(0)
                .recorded()
                .orElseThrow()
                .key();
        workspace.objects().put(changed, new ByteArrayInputStream(new byte[20_003]));
        assertThat(push.run(soFar -> {})).isEqualTo(new WorkspacePush.Result(SESSIONS, 1, OBJECTS - 1));
        assertEverythingIsThere();
    }

    @Test
    void goesOnWhereItWasCutOff() throws Exception {
        S3Server server = S3Server.shared();
        try (FaultyLine line = new FaultyLine(server.settings().endpoint().getPort());
                MinioObjectStore cut = MinioObjectStore.open(server.through(line), directory.resolve("cut"), 1 << 30)) {
            // About a third of all comes through, then nothing any more.
            line.arm(Fault.DOWN, Way.TO_SERVER, 400_000, 1);
            assertThatThrownBy(() -> new WorkspacePush(workspace, catalog, cut, 2).run(soFar -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("failed at");
        }
        // No session without its objects.
        assertThat(catalog.allSessions()).isEmpty();
        int before = objects.list(ObjectKey.RECORDINGS, "sessions/" + prefix).size();
        assertThat(before).isPositive();
        WorkspacePush.Result result = new WorkspacePush(workspace, catalog, objects, 2).run(soFar -> {});
        assertThat(result.present()).isEqualTo(before);
        assertThat(result.sent() + result.present()).isEqualTo(OBJECTS);
        assertEverythingIsThere();
    }

    @Test
    void aRecordingThatIsMissingIsNamed() throws Exception {
        ObjectKey missing = Sessions.session(prefix + 5)
                .measurements()
                .get(1)
                .recorded()
                .orElseThrow()
                .key();
        workspace.objects().delete(missing);
        assertThatThrownBy(() -> new WorkspacePush(workspace, catalog, objects, 1).run(soFar -> {}))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> new WorkspacePush(workspace, catalog, objects, 0))
                .hasMessage("threads 0 of a push is not in 1..64");
    }
}
