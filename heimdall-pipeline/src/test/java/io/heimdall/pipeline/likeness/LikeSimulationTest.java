package io.heimdall.pipeline.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.ingest.Ingest;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikeSimulationTest {
    private static final int RECORDED = 160;
    private static final int DRAWN = 120;

    @TempDir
    static Path folder;

    private static Likeness likeness;
    private static List<Session> recorded;
    private static List<Session> drawn;

    @BeforeAll
    static void drawLikeRecordedOnes() throws IOException {
        try (Workspace source = Workspace.create(folder.resolve("source"));
                Services services = Services.of(source)) {
            new Simulation(World.rss(), 5).writeTo(source, RECORDED, 2, done -> {});
            likeness = Likeness.of(services.sessions(), "source", PipelineListener.NONE);
            recorded = source.catalog().sessions().toList();
        }
        try (Workspace target = Workspace.create(folder.resolve("target"))) {
            assertThat(new LikeSimulation(likeness, 1).writeTo(target, DRAWN, 2, done -> {}))
                    .isEqualTo(DRAWN);
            drawn = target.catalog().sessions().toList();
        }
    }

    private static double meanHeard(List<Session> sessions) {
        return sessions.stream().mapToInt(s -> s.levels().size()).average().orElseThrow();
    }

    private static double meanLevel(List<Session> sessions, String station) {
        return sessions.stream()
                .flatMap(s -> s.levels().stream())
                .filter(level -> level.station().name().equals(station))
                .mapToDouble(level -> level.decibels())
                .average()
                .orElseThrow();
    }

    @Test
    void sessionsAreHeardAsTheRecordedOnesAre() {
        assertThat(likeness.exponent()).isCloseTo(3, within(0.8));
        assertThat(meanHeard(drawn)).isCloseTo(meanHeard(recorded), within(0.7));
        for (String station : World.rss().stationNames()) {
            assertThat(meanLevel(drawn, station)).as(station).isCloseTo(meanLevel(recorded, station), within(3.0));
        }
    }

    @Test
    void worldFittedToTheDrawnSessionsIsTheSame() throws IOException {
        try (Workspace target = Workspace.open(folder.resolve("target"));
                Services services = Services.of(target)) {
            Likeness again = Likeness.of(services.sessions(), "target", PipelineListener.NONE);

            assertThat(again.exponent()).isCloseTo(likeness.exponent(), within(0.9));
            assertThat(again.recorders()).isEqualTo(likeness.recorders());
            assertThat(again.fitted().stations()).isEqualTo(likeness.fitted().stations());
        }
    }

    @Test
    void sessionIsTheSameWhateverIsDrawnBesideItAndNoneIsMadeTwice() throws IOException {
        Path other = folder.resolve("other");
        try (Workspace target = Workspace.create(other)) {
            assertThat(new LikeSimulation(likeness, 1).writeTo(target, 3, 1, done -> {}))
                    .isEqualTo(3);
            assertThat(new LikeSimulation(likeness, 1).writeTo(target, 8, 2, done -> {}))
                    .isEqualTo(5);
            assertThat(new LikeSimulation(likeness, 2).writeTo(target, 2, 2, done -> {}))
                    .isEqualTo(2);

            List<Session> sessions = target.catalog().sessions().toList();
            assertThat(sessions.subList(0, 8)).isEqualTo(drawn.subList(0, 8));
            assertThat(sessions.get(8).id()).isEqualTo("like-2-000000");
            assertThat(sessions.get(8).source()).isNotEqualTo(sessions.get(0).source());
        }
    }

    @Test
    void workspaceOfOtherSessionsIsRefusedAndLeftAlone() throws IOException {
        LikeSimulation simulation = new LikeSimulation(likeness, 1);
        try (Workspace source = Workspace.open(folder.resolve("source"))) {
            assertThatThrownBy(() -> simulation.writeTo(source, 1, 1, done -> {}))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("holds sessions of a simulated world");
            assertThat(source.catalog().sessions()).hasSize(RECORDED);
        }
        try (Workspace target = Workspace.open(folder.resolve("target"))) {
            Likeness changed = new Likeness(likeness.fitted(), likeness.recorders(), false, "of other sessions");
            assertThatThrownBy(() -> new LikeSimulation(changed, 1).writeTo(target, 1, 1, done -> {}))
                    .hasMessageContaining("holds sessions like those of another workspace");
            assertThatThrownBy(() -> Ingest.into(target)).hasMessageContaining("holds simulated sessions");
        }
    }

    @Test
    void tooFewSessionsAreNoWorld() throws IOException {
        try (Workspace few = Workspace.create(folder.resolve("few"));
                Services services = Services.of(few)) {
            assertThatThrownBy(() -> Likeness.of(services.sessions(), "few", PipelineListener.NONE))
                    .hasMessageContaining("no approved session of a known source");
            new Simulation(World.rss(), 5).writeTo(few, 7, 2, done -> {});
            assertThatThrownBy(() -> Likeness.of(services.sessions(), "few", PipelineListener.NONE))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("no world can be fitted to few: 7 training sessions")
                    .hasMessageContaining("at least 20");
        }
    }

    @Test
    void levelsAloneBecomeRecordingsOfTheUsualSignalAtThoseLevels() throws IOException {
        try (Workspace levels = Workspace.create(folder.resolve("levels"));
                Services services = Services.of(levels);
                Workspace target = Workspace.create(folder.resolve("like-levels"))) {
            levels.catalog().addAll(levelSessions(60));
            Likeness alone = Likeness.of(services.sessions(), "levels", PipelineListener.NONE);
            new LikeSimulation(alone, 1).writeTo(target, 40, 2, done -> {});

            List<Session> sessions = target.catalog().sessions().toList();
            assertThat(alone.recorders()).allMatch(r -> r.sampleRateHz() == 12_500 && r.samples() == 4000);
            assertThat(sessions)
                    .allMatch(Session::isRecorded)
                    .anyMatch(s -> s.measurements().stream().anyMatch(Measurement::isSilence));
            assertThat(meanLevel(sessions, "a")).isCloseTo(meanLevel(levelSessions(60), "a"), within(3.0));
        }
    }

    private static List<Session> levelSessions(int count) {
        List<Station> stations = List.of(
                new Station("a", new GeoPoint(45, 7)),
                new Station("b", new GeoPoint(45.1, 7.1)),
                new Station("c", new GeoPoint(45, 7.2)));
        Random random = new Random(1);
        List<Session> sessions = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            GeoPoint place = new GeoPoint(45 + 0.1 * random.nextDouble(), 7 + 0.2 * random.nextDouble());
            double power = 3 * random.nextGaussian();
            List<Measurement> heard = new ArrayList<>();
            for (Station station : stations) {
                double kilometres = Math.max(0.3, place.distanceMetres(station.position()) / 1000);
                double level = -60 - 30 * Math.log10(kilometres) + power + 2 * random.nextGaussian();
                heard.add(level < -92 ? Measurement.silence(station) : Measurement.level(station, level));
            }
            sessions.add(new Session(
                    "s" + k,
                    "t" + k,
                    Optional.of(place),
                    433_000_000,
                    true,
                    Optional.of(Instant.parse("2026-05-01T10:00:00Z").plusSeconds(60L * k)),
                    heard));
        }
        return sessions;
    }
}
