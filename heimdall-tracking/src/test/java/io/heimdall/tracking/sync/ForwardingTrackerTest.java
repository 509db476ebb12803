package io.heimdall.tracking.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackerContract;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.MlflowPeer;
import io.heimdall.tracking.mlflow.MlflowTracker;
import io.heimdall.tracking.mlflow.PeerFaults;
import io.heimdall.tracking.mlflow.QuickMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and after each test of it: the server has the same. */
class ForwardingTrackerTest extends TrackerContract {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<ForwardingTracker> opened = new ArrayList<>();
    private MlflowPeer peer;

    @Override
    protected Tracker open() throws IOException {
        if (peer == null) {
            peer = new MlflowPeer();
        }
        return forwarding(QuickMlflow.LIMIT);
    }

    private ForwardingTracker forwarding(Duration limit) {
        ForwardingTracker forwarding = ForwardingTracker.open(root(), server(peer.address(), limit));
        opened.add(forwarding);
        return forwarding;
    }

    private Path root() {
        return directory.resolve("mlruns");
    }

    private MlflowTracker server(URI address, Duration limit) {
        return QuickMlflow.tracker(address, limit, directory, Optional.empty());
    }

    @AfterEach
    void theServerHasTheSame() throws IOException {
        peer.faults.none();
        for (ForwardingTracker forwarding : opened) {
            assertThat(forwarding.drain(PATIENCE))
                    .as(() -> String.valueOf(forwarding.problem()))
                    .isTrue();
            forwarding.close(Duration.ZERO);
        }
        SameContent.check(FileStoreTracker.open(root()), server(peer.address(), QuickMlflow.LIMIT));
        peer.close();
    }

    private TrackedRun train(Tracker on, int epochs) throws IOException {
        TrackedRun run = on.start(RunInfo.of(experiment, "training"));
        run.params(Map.of("seed", 7, "epochs", epochs));
        for (int epoch = 1; epoch <= epochs; epoch++) {
            run.metrics(Map.of("train/loss", 5.0 / epoch, "validation/nll", 4.0 / epoch), epoch, NOON);
        }
        run.artifact(model(), "model");
        on.registerModel(model, run.id(), "model");
        on.alias(model, "champion", 1);
        run.finish(RunStatus.FINISHED);
        return run;
    }

    @Test
    void aServerThatComesLaterGetsEverything() throws IOException {
        int port = peer.address().getPort();
        peer.close();
        train(tracker, 20);
        ForwardingTracker forwarding = opened.get(0);
        assertThat(forwarding.drain(Duration.ofMillis(500))).isFalse();
        peer = new MlflowPeer(port);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aServerThatFailsHalfTheTimeLosesAndDoublesNothing(long seed) throws IOException {
        ForwardingTracker forwarding = forwarding(QuickMlflow.SHORT_LIMIT);
        peer.faults.random(seed, 0.5);
        train(forwarding, 60);
        forwarding.drain(Duration.ofSeconds(4));
    }

    @Test
    void whatAKilledProcessLeftIsSentByTheNext() throws IOException {
        FileStoreTracker own = FileStoreTracker.open(root());
        int port = peer.address().getPort();
        peer.close();
        ForwardingTracker killed = (ForwardingTracker) tracker;
        TrackedRun run = train(killed, 5);
        killed.close(Duration.ZERO);
        opened.clear();
        peer = new MlflowPeer(port);
        ForwardingTracker next = (ForwardingTracker) open();
        assertThat(next.drain(PATIENCE)).isTrue();
        SameContent.check(own, server(peer.address(), QuickMlflow.LIMIT));
        next.resume(run.id()).tag("seen", "twice");
    }

    /** Returns the ids that a server has of the runs that it was told of, each of which it must have. */
    private void assertToldOf(List<SentRun> told, TrackedRun... runs) {
        MlflowTracker server = server(peer.address(), QuickMlflow.LIMIT);
        assertThat(told)
                .extracting(SentRun::runId)
                .containsExactlyInAnyOrder(
                        Arrays.stream(runs).map(TrackedRun::id).toArray(String[]::new));
        for (SentRun run : told) {
            assertThat(server.run(run.serverRunId()).orElseThrow().tags()).containsEntry("heimdall.run", run.runId());
            assertThat(run.serverRunId()).isNotEqualTo(run.runId());
            assertThat(run.models()).containsExactly(model);
        }
    }

    private ForwardingTracker telling(Consumer<List<SentRun>> listener) {
        ForwardingTracker forwarding =
                ForwardingTracker.open(root(), server(peer.address(), QuickMlflow.LIMIT), listener);
        opened.add(forwarding);
        return forwarding;
    }

    @Test
    void whereARunIsIsToldWhenItHasEnded() throws IOException {
        List<SentRun> told = new CopyOnWriteArrayList<>();
        ForwardingTracker forwarding = telling(told::addAll);
        TrackedRun going = forwarding.start(RunInfo.of(experiment, "going on"));
        TrackedRun ended = train(forwarding, 3);
        assertThat(forwarding.drain(PATIENCE)).isTrue();
        assertToldOf(told, ended);
        assertThat(forwarding.sent(ended.id())).contains(told.get(0));
        assertThat(forwarding.sent(going.id()).orElseThrow().models()).isEmpty();
        assertThat(forwarding.sent("0".repeat(32))).isEmpty();
        forwarding.resume(ended.id()).finish(RunStatus.FINISHED);
        assertThat(forwarding.drain(PATIENCE)).isTrue();
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0));
    }

    @Test
    void whereARunIsIsToldWhenAServerThatWasAwayIsBack() throws IOException {
        List<SentRun> told = new CopyOnWriteArrayList<>();
        int port = peer.address().getPort();
        peer.close();
        ForwardingTracker forwarding = telling(told::addAll);
        TrackedRun run = train(forwarding, 3);
        assertThat(forwarding.drain(Duration.ofMillis(500))).isFalse();
        assertThat(told).isEmpty();
        assertThat(forwarding.sent(run.id())).isEmpty();
        peer = new MlflowPeer(port);
        assertThat(forwarding.drain(PATIENCE)).isTrue();
        assertToldOf(told, run);
    }

    @Test
    void whatTheListenerDidNotTakeItHearsAgain() throws IOException {
        List<SentRun> told = new CopyOnWriteArrayList<>();
        ForwardingTracker deaf = telling(sent -> {
            throw new IllegalStateException("the database is away");
        });
        TrackedRun run = train(deaf, 2);
        assertThat(deaf.drain(PATIENCE)).isTrue();
        ForwardingTracker next = telling(told::addAll);
        assertThat(next.drain(PATIENCE)).isTrue();
        assertToldOf(told, run);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_RESET", "BROKEN", "HALF_ANSWER"})
    void aRunWhoseMakingWasInDoubtIsToldOfOnce(PeerFaults.Fault fault) throws IOException {
        List<SentRun> told = new CopyOnWriteArrayList<>();
        peer.faults.with("runs/create", fault);
        ForwardingTracker forwarding = telling(told::addAll);
        TrackedRun run = train(forwarding, 2);
        assertThat(forwarding.drain(PATIENCE)).isTrue();
        assertToldOf(told, run);
    }

    @Test
    void aRefusalIsToldAndEndsWithTheNextChange() throws IOException {
        peer.authorization = "Bearer other";
        ForwardingTracker forwarding = (ForwardingTracker) tracker;
        TrackedRun run = start("run");
        assertThat(forwarding.drain(PATIENCE)).isFalse();
        assertThat(forwarding.problem().orElseThrow())
                .contains("run " + run.id() + ": MLflow at http", "HTTP 401")
                .doesNotContain("sesame");
        peer.authorization = "Bearer sesame";
        run.metric("loss", 1, 1, NOON);
        assertThat(forwarding.drain(PATIENCE)).isTrue();
        assertThat(forwarding.problem()).isEmpty();
    }

    @Test
    void twoProcessesMaySendTheSameStore() throws IOException {
        ForwardingTracker other = (ForwardingTracker) open();
        TrackedRun run = train(tracker, 10);
        other.resume(run.id()).metric("train/loss", 0.1, 11, NOON);
        assertThat(new StoreSync(FileStoreTracker.open(root()), server(peer.address(), QuickMlflow.LIMIT))
                        .send(SyncListener.SILENT)
                        .failed())
                .isEmpty();
        assertThat(Files.exists(root().resolve(".heimdall-sync.lock"))).isTrue();
    }
}
