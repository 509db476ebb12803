package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.LearnedSessions;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialModelTest {
    @TempDir
    Path folder;

    private Workspace workspace;
    private Services services;

    @BeforeEach
    void open() throws IOException {
        workspace = SimulatedWorkspace.create(folder.resolve("w"), 40);
        services = Services.of(workspace);
    }

    @AfterEach
    void close() throws IOException {
        services.close();
        workspace.close();
    }

    /** Cancels after so many steps. */
    private static PipelineListener leaving(int steps) {
        return new PipelineListener() {
            private int left = steps;

            @Override
            public boolean cancelled() {
                return --left < 0;
            }
        };
    }

    private TrainingPipeline pipeline(PipelineListener listener) {
        return new TrainingPipeline(services, listener);
    }

    private TrainingOutcome trained(TrainingSettings settings) throws IOException {
        return pipeline(PipelineListener.NONE).train(settings);
    }

    private static TrainingSettings from(String model, int epochs) {
        return SimulatedWorkspace.settings(epochs).withInitial(Optional.of(model));
    }

    private static ModelDescription described(TrainingOutcome outcome) throws IOException {
        return TrainedModelJson.read(outcome.folder()).description();
    }

    @Tag("slow")
    @Test
    void goesOnFromAVersionOnNewDataAndKeepsItsLineage() throws IOException {
        TrainingOutcome first = trained(SimulatedWorkspace.settings(1));
        new Simulation(World.rss(), 1).writeTo(workspace, 60, 2, done -> {});

        Set<String> chosen = LearnedSessions.in(first.folder()).orElseThrow().ids().stream()
                .sorted()
                .skip(3)
                .collect(Collectors.toSet());
        Stream<Session> later = workspace.catalog().allSessions().skip(chosen.size() + 3);
        TrainingSettings some = from("newest", 1);
        SessionFilter filter = SessionFilter.all()
                .withSessions(
                        Stream.concat(chosen.stream(), later.map(Session::id)).collect(Collectors.toSet()));
        TrainingOutcome second = trained(some.withData(some.data().withFilter(filter)));
        assertThat(LearnedSessions.in(second.folder()).orElseThrow().ids())
                .as("sessions of the former training that this one did not choose")
                .containsAll(LearnedSessions.in(first.folder()).orElseThrow().ids());
        TrainingOutcome third = trained(from(second.runId(), 1));

        assertThat(described(second).input().parameters())
                .isEqualTo(described(first).input().parameters());
        assertThat(described(second).scale()).isEqualTo(described(first).scale());
        assertThat(described(second).extra().get("dataset_fingerprint"))
                .isNotEqualTo(described(first).extra().get("dataset_fingerprint"));
        Map<String, String> lineage = Map.of(
                InitialModel.RUN,
                second.runId(),
                InitialModel.LINEAGE,
                first.runId() + " " + second.runId(),
                InitialModel.WEIGHTS,
                second.result().weights().sha256());
        assertThat(described(third).extra()).containsAllEntriesOf(lineage);
        assertThat(services.tracker().run(third.runId()).orElseThrow().params())
                .containsAllEntriesOf(lineage)
                .containsEntry("initial", second.runId());
    }

    @Tag("slow")
    @Test
    void isResumedWithoutTheFormerRunAndEndsWithTheSameWeights() throws IOException {
        TrainingOutcome first = trained(SimulatedWorkspace.settings(1));
        TrainingOutcome whole = trained(from("1", 2));

        assertThatThrownBy(() -> pipeline(leaving(1)).train(from("v1", 2))).isInstanceOf(CancellationException.class);
        Files.move(first.folder(), folder.resolve("elsewhere"));
        TrainingOutcome resumed = pipeline(PipelineListener.NONE).resume().orElseThrow();

        assertThat(resumed.runId()).isNotEqualTo(whole.runId());
        assertThat(resumed.result().weights()).isEqualTo(whole.result().weights());
        assertThat(whole.result().weights()).isNotEqualTo(first.result().weights());
    }

    @Test
    void refusesWhatCannotBeGoneOnFromBeforeARunBegins() throws IOException {
        TrainingOutcome first = trained(SimulatedWorkspace.settings(1));
        int runs = services.tracker().runs().size();

        refuses(from("7", 1), "neither a run 7 in this workspace nor such a version");
        refuses(from("newest", 1).withNetwork("set"), "give --network small");
        refuses(
                from(first.runId(), 1).withData(first(1).data().withSplitBy(Optional.of(GroupBy.SESSION))),
                "has split its sessions otherwise (by=source");
        refuses(from("newest", 1).withData(first(1).data().withFolds(3)), "cannot have folds");
        refuses(from("newest", 1).withNetwork("set").withPretraining(Pretraining.ofSteps(9)), "has no pretraining");
        refuses(from("newest", 1).withPretrained(Optional.of(Path.of("a.pth"))), "takes no weights of a.pth");
        assertThat(services.tracker().runs()).hasSize(runs);
    }

    private static TrainingSettings first(int epochs) {
        return SimulatedWorkspace.settings(epochs);
    }

    private void refuses(TrainingSettings settings, String why) {
        assertThatThrownBy(() -> trained(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
