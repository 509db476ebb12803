package io.heimdall.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectKey;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    private static final DataSettings SETTINGS = DataSettings.seeded(1).withThreads(1);

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Workspace workspace;

    @BeforeEach
    void simulate() throws IOException {
        workspace = Workspace.create(folder.resolve("w"));
        new Simulation(World.rss(), 1).writeTo(workspace, 40, 2, done -> {});
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private TrainingData load() throws IOException {
        return TrainingData.load(
                Services.of(workspace).sessions(), SETTINGS, Producers.named("stations"), new PipelineListener() {
                    @Override
                    public void warn(String message) {
                        warnings.add(message);
                    }
                });
    }

    private void overwrite(ObjectKey recording, String content) throws IOException {
        workspace.objects().put(recording, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void recordingsThatCannotBeReadForOneReasonAreOneWarning() throws IOException {
        List<Session> sessions = workspace.catalog().sessions().toList();
        for (Session session : sessions.subList(0, 12)) {
            overwrite(session.recordings().get(0).key(), "\u0093NUMPY");
        }
        workspace.objects().delete(sessions.get(20).recordings().get(0).key());
        try (TrainingData data = load()) {
            assertThat(data.warnings()).isEqualTo(warnings);
        }
        assertThat(warnings)
                .satisfiesExactly(
                        damaged -> assertThat(damaged)
                                .startsWith("session " + sessions.get(0).id() + ": recording s3://")
                                .endsWith(" (likewise 11 more, of sessions "
                                        + String.join(
                                                ", ",
                                                sessions.subList(1, 6).stream()
                                                        .map(Session::id)
                                                        .toList())
                                        + ", ...)"),
                        gone -> assertThat(gone)
                                .startsWith("session " + sessions.get(20).id() + ": ")
                                .doesNotContain("likewise"));
    }

    /** Takes the recordings of sessions away and leaves their levels. */
    private void unrecord(List<Session> sessions) {
        workspace
                .catalog()
                .addAll(sessions.stream()
                        .map(session -> session.heardBy(session.levels().stream()
                                .map(level -> Measurement.level(level.station(), level.decibels()))
                                .toList()))
                        .toList());
    }

    @Test
    void sessionsOfLevelsAloneAreLeftOutOfChannelsWithAWarning() throws IOException {
        List<Session> sessions = workspace.catalog().sessions().toList();
        unrecord(sessions.subList(10, 13));
        Session mixed = sessions.get(0);
        Station silent = new Station("Silent", new GeoPoint(45, 7));
        List<Measurement> more = new ArrayList<>(mixed.measurements());
        more.add(Measurement.silence(silent));
        more.add(Measurement.level(new Station("Level", new GeoPoint(45, 7)), -80));
        workspace.catalog().add(mixed.heardBy(more));
        try (TrainingData data = load()) {
            assertThat(warnings)
                    .containsExactly(
                            "3 of 40 sessions have nothing for the input 'stations', which takes recordings; they"
                                    + " are left out");
            SplitSessions split = data.sessions();
            assertThat(split.training().size()
                            + split.validation().size()
                            + split.test().size())
                    .isEqualTo(37);
            assertThat(data.assembler().stations()).hasSize(7).doesNotContain("Silent", "Level");
        }
    }

    @Test
    void levelsAloneAreNothingForChannels() {
        unrecord(workspace.catalog().sessions().toList());
        assertThatThrownBy(this::load)
                .isInstanceOf(PipelineException.class)
                .hasMessage(
                        "none of the 40 sessions has what the input 'stations' takes, recordings: nothing to learn from;"
                                + " networks that can learn from them: set, set-cnn, set-resnet18");
    }

    @Test
    void whereNothingCanBeReadTheReasonIsTold() throws IOException {
        for (Session session : workspace.catalog().sessions().toList()) {
            for (Measurement measurement : session.measurements()) {
                overwrite(measurement.recorded().orElseThrow().key(), "");
            }
        }
        assertThatThrownBy(this::load)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(" sessions has a readable recording; the first fault: session ");
    }

    @Test
    void aPartOfAFileIsInTheFingerprintOfTheData() throws IOException {
        Session first = workspace.catalog().sessions().findFirst().orElseThrow();
        String before;
        try (TrainingData data = load()) {
            before = data.samples(List.of(first), Augmentation.NONE).fingerprint();
        }
        Session part = first.heardBy(first.measurements().stream()
                .map(m ->
                        m.withRecorded(m.recorded().orElseThrow().withPart(new RecordingPart(0, 1, Optional.empty()))))
                .toList());
        try (TrainingData data = load()) {
            assertThat(data.samples(List.of(first), Augmentation.NONE).fingerprint())
                    .isEqualTo(before);
            assertThat(data.samples(List.of(part), Augmentation.NONE).fingerprint())
                    .isNotEqualTo(before);
        }
    }
}
