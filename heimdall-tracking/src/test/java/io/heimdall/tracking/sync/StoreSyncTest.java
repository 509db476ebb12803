package io.heimdall.tracking.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.MlflowPeer;
import io.heimdall.tracking.mlflow.MlflowTracker;
import io.heimdall.tracking.mlflow.PeerFaults.Fault;
import io.heimdall.tracking.mlflow.QuickMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreSyncTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private MlflowPeer peer;
    private FileStoreTracker store;

    @BeforeEach
    void open() throws IOException {
        peer = new MlflowPeer();
        store = FileStoreTracker.open(directory.resolve("mlruns"));
    }

    @AfterEach
    void close() {
        peer.close();
    }

    private MlflowTracker server() {
        return QuickMlflow.tracker(peer.address(), QuickMlflow.LIMIT, directory, Optional.empty());
    }

    private SyncReport sync() {
        return new StoreSync(store, server()).send(SyncListener.SILENT);
    }

    private String small() throws IOException {
        TrackedRun run = store.start(RunInfo.of("heimdall", "small"));
        run.param("seed", "7");
        for (int epoch = 1; epoch <= 3; epoch++) {
            run.metrics(Map.of("a", 1.0 / epoch, "b/c", 2.0 * epoch), epoch, NOON);
        }
        Path model = Files.createDirectories(directory.resolve("m"));
        Files.writeString(model.resolve("MLmodel"), "flavors: {}");
        Files.writeString(model.resolve("model.onnx"), "onnx");
        run.artifact(model, "model");
        store.registerModel("small", run.id(), "model");
        store.alias("small", "champion", 1);
        run.finish(RunStatus.FINISHED);
        return run.id();
    }

    @Test
    void aStoreIsSentOnce() throws IOException {
        SampleStore.write(store, Files.writeString(directory.resolve("m.onnx"), "onnx"), directory);
        List<String> heard = new ArrayList<>();
        SyncReport report = new StoreSync(store, server())
                .send((done, total, what) -> heard.add(done + "/" + total + " " + what.replaceAll("\\w{32}", "run")));
        assertThat(report).isEqualTo(new SyncReport(3, 0, 2, Map.of()));
        assertThat(report.complete()).isTrue();
        assertThat(heard)
                .containsExactly(
                        "1/5 run", "2/5 run", "3/5 run", "4/5 localization version 1", "5/5 localization version 2");
        SameContent.check(store, server());
        int calls = peer.calls();
        assertThat(sync()).isEqualTo(new SyncReport(0, 3, 0, Map.of()));
        assertThat(peer.calls()).as("calls when there is nothing to send").isEqualTo(calls);
    }

    /** The server gives ids of its own, whichever of the runs is sent first. */
    @Test
    void aRunIsBelowItsParentOnTheServerToo() {
        TrackedRun parent = store.start(RunInfo.of("heimdall", "sweep"));
        for (int trial = 1; trial <= 5; trial++) {
            store.start(new RunInfo("heimdall", "trial " + trial, Map.of(RunInfo.PARENT, parent.id())))
                    .finish(RunStatus.FINISHED);
        }
        StoreSync sync = new StoreSync(store, server());

        assertThat(sync.send(SyncListener.SILENT).complete()).isTrue();

        Map<String, String> ids = new HashMap<>();
        sync.sent().forEach(sent -> ids.put(sent.runId(), sent.serverRunId()));
        assertThat(ids).hasSize(6);
        ids.forEach((local, id) -> {
            Map<String, String> tags = server().run(id).orElseThrow().tags();
            if (local.equals(parent.id())) {
                assertThat(tags).doesNotContainKey(RunInfo.PARENT);
            } else {
                assertThat(tags).containsEntry(RunInfo.PARENT, ids.get(parent.id()));
            }
        });
        int calls = peer.calls();
        assertThat(sync().complete()).isTrue();
        assertThat(peer.calls()).as("calls when there is nothing to send").isEqualTo(calls);
    }

    @Test
    void itSaysWhereTheRunsAre() throws IOException {
        String run = small();
        StoreSync sync = new StoreSync(store, server());
        assertThat(sync.sent()).isEmpty();
        sync.send(SyncListener.SILENT);
        TrackedRun later = store.start(RunInfo.of("heimdall", "not sent"));
        Files.writeString(store.directory("small").resolve("version-1").resolve("meta.yaml"), "damaged");
        assertThat(sync.sent()).hasSize(1).allSatisfy(sent -> {
            assertThat(sent.runId()).isEqualTo(run).isNotEqualTo(later.id());
            assertThat(server().run(sent.serverRunId()).orElseThrow().tags()).containsEntry("heimdall.run", run);
            assertThat(sent.models()).isEmpty(); // which cannot be read
        });
    }

    @Test
    void anExperimentIsANumberWhereItIsOne() {
        assertThat(new SentRun("a", "b", "12", Set.of()).experimentNumber()).hasValue(12);
        assertThat(new SentRun("a", "b", "817263549817263549", Set.of()).experimentNumber())
                .isEmpty();
    }

    /** As if the process were killed after each of its calls; it makes about 30. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_RESET", "BROKEN"})
    void whatIsCutOffAtAnyCallIsContinued(Fault fault) throws IOException {
        small();
        StoreSync impatient = new StoreSync(store, QuickMlflow.impatient(peer.address(), directory));
        boolean cut = true;
        for (int call = 0; cut; call++) {
            peer.forget();
            forgetJournals();
            Fault[] faults = new Fault[call + 1];
            Arrays.fill(faults, Fault.NONE);
            faults[call] = fault;
            peer.faults.with("*", faults);
            cut = peer.faults.left("*", () -> impatient.send(SyncListener.SILENT)) == 0;
            peer.faults.none();
            assertThat(impatient.send(SyncListener.SILENT).failed())
                    .as("call " + call)
                    .isEmpty();
            SameContent.check(store, server());
            assertThat(call).isLessThan(100);
        }
    }

    @Tag("slow")
    @Test
    void aKilledProcessIsContinued() throws Exception {
        SampleStore.write(store, Files.writeString(directory.resolve("m.onnx"), "onnx"), directory);
        for (int calls : new int[] {8, 30}) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SyncProcess.class.getName(),
                            store.root().toString(),
                            peer.address().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("killed.txt").toFile())
                    .start();
            try {
                while (process.isAlive() && peer.calls() < calls) {
                    process.waitFor(2, TimeUnit.MILLISECONDS);
                }
                assertThat(peer.calls())
                        .as(Files.readString(directory.resolve("killed.txt")))
                        .isGreaterThanOrEqualTo(calls);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        assertThat(sync().failed()).isEmpty();
        SameContent.check(store, server());
    }

    @Tag("slow")
    @Test
    void withoutItsJournalsTheServerIsAsked() throws IOException {
        SampleStore.write(store, Files.writeString(directory.resolve("m.onnx"), "onnx"), directory);
        sync();
        forgetJournals();
        assertThat(sync().failed()).isEmpty();
        SameContent.check(store, server());
        for (Path journal : journals()) {
            Files.writeString(journal, "{\"id\": ");
        }
        assertThat(sync().failed()).isEmpty();
        SameContent.check(store, server());
    }

    @Test
    void aRunThatGoesOnIsSentAsFarAsItIs() throws IOException {
        TrackedRun run = store.start(RunInfo.of("heimdall", "run"));
        run.metric("loss", 3, 1, NOON);
        assertThat(sync().sent()).isEqualTo(1);
        run.metric("loss", 2, 2, NOON.plusSeconds(1));
        run.tag("note", "x");
        Path report = Files.writeString(directory.resolve("r.html"), "first");
        run.artifact(report, "");
        assertThat(sync().sent()).isEqualTo(1);
        SameContent.check(store, server());
        Files.writeString(report, "another one");
        run.artifact(report, "");
        run.finish(RunStatus.FINISHED);
        assertThat(sync().sent()).isEqualTo(1);
        SameContent.check(store, server());
        TrackedRun resumed = store.resume(run.id());
        resumed.metric("loss", 1, 3, NOON.plusSeconds(2));
        assertThat(sync().sent()).isEqualTo(1);
        SameContent.check(store, server());
        resumed.finish(RunStatus.FAILED);
        assertThat(sync()).isEqualTo(new SyncReport(1, 0, 0, Map.of()));
        SameContent.check(store, server());
    }

    @Test
    void anAliasThatWasMovedOnTheServerStaysThere() throws IOException {
        String run = small();
        sync();
        MlflowTracker server = server();
        String there = server.versions("small").get(0).runId();
        server.registerModel("small", there, "model");
        server.alias("small", "champion", 2);
        sync();
        assertThat(server.byAlias("small", "champion").orElseThrow().version()).isEqualTo(2);
        store.registerModel("small", run, "model");
        store.alias("small", "champion", 2);
        assertThat(sync().versions()).isEqualTo(1);
        assertThat(server.byAlias("small", "champion").orElseThrow().version()).isEqualTo(3);
    }

    @Test
    void oneDamagedRunDoesNotHoldUpTheOthers() throws IOException {
        small();
        TrackedRun damaged = store.start(RunInfo.of("heimdall", "damaged"));
        damaged.metric("loss", 1, 1, NOON);
        Files.writeString(store.require(damaged.id()).metrics().resolve("loss"), "no number\n");
        SyncReport report = sync();
        assertThat(report.sent()).isEqualTo(1);
        assertThat(report.versions()).isEqualTo(1);
        assertThat(report.failed()).containsOnlyKeys(damaged.id());
        assertThat(report.failed().get(damaged.id())).contains("line 1: 'no number'");
        assertThat(report.complete()).isFalse();
    }

    @Test
    void aServerThatIsAwayIsTriedOnce() throws IOException {
        String first = small();
        store.start(RunInfo.of("heimdall", "second"));
        MlflowTracker nobody =
                QuickMlflow.tracker(URI.create("http://127.0.0.1:1"), QuickMlflow.LIMIT, directory, Optional.empty());
        SyncReport report = new StoreSync(store, nobody).send(SyncListener.SILENT);
        assertThat(report.sent() + report.alreadyThere()).isZero();
        assertThat(report.failed()).hasSize(3).containsKeys(first, "small version 1");
        assertThat(report.failed().values())
                .anyMatch(reason -> reason.contains("no connection"))
                .anyMatch(reason -> reason.equals("not tried, since the server was given up"));
        assertThat(sync().failed()).isEmpty();
        SameContent.check(store, server());
    }

    @Test
    void aRunThatIsGoneOnTheServerIsNotSentAgainInSilence() throws IOException {
        TrackedRun run = store.start(RunInfo.of("heimdall", "run"));
        sync();
        peer.forget();
        run.metric("loss", 1, 1, NOON);
        assertThat(sync().failed().get(run.id()))
                .contains("it was sent before as run ", "which is there no more; to send it again remove ");
        forgetJournals();
        assertThat(sync().failed()).isEmpty();
        SameContent.check(store, server());
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.walk(store.root())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".heimdall-sync-"))
                    .toList();
        }
    }

    private void forgetJournals() throws IOException {
        for (Path journal : journals()) {
            Files.delete(journal);
        }
    }
}
