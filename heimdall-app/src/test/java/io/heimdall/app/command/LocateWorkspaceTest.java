package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocateWorkspaceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double[] LEVELS = {0.5, 0.68, 0.9, 0.95};

    @TempDir
    Path folder;

    private Run locate(String world, int sessions) {
        Path workspace = folder.resolve(world);
        Run simulated = Run.heimdall("simulate", "--workspace", workspace, "--sessions", sessions, "--world", world);
        assertThat(simulated.exit()).as(simulated.err()).isZero();
        // The oscillators of these worlds are good: a narrow search of frequencies saves most of the time.
        return Run.heimdall("locate", "--workspace", workspace, "--ppm", "0.01", "--json");
    }

    private static List<JsonNode> objects(Run run) throws IOException {
        assertThat(run.exit()).as(run.err()).isZero();
        return JSON.readerFor(JsonNode.class).<JsonNode>readValues(run.out()).readAll();
    }

    private static double median(List<JsonNode> sessions, String of) {
        double[] errors = sessions.stream()
                .filter(session -> session.has(of))
                .mapToDouble(session -> session.get(of).get("error_m").asDouble())
                .sorted()
                .toArray();
        return errors[errors.length / 2];
    }

    @Test
    void sessionsOfAWorldOfClocksAreLocatedWithinMetresAndHeldAgainstTheBound() throws IOException {
        Run run = locate("tdoa", 4);
        List<JsonNode> sessions = objects(run);

        assertThat(sessions).hasSize(4);
        assertThat(median(sessions, "source")).isLessThan(300);
        assertThat(median(sessions, "bound")).isLessThan(300);
        assertThat(sessions.get(0).get("bound").get("credible_level").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(run.err())
                .contains("located: 4 known sources, median error", "bound (clocks known): 4 known sources")
                .contains("regions of 50/68/90/95 % hold");
    }

    @Test
    void aWorkspaceWithoutSessionsSaysSo() throws IOException {
        Workspace.create(folder.resolve("empty")).close();

        Run run = Run.heimdall("locate", "--workspace", folder.resolve("empty"), "--html", folder.resolve("x.html"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no approved session", "empty", "heimdall ingest");
        assertThat(folder.resolve("x.html")).doesNotExist();
    }

    @Test
    void aWorkspaceAndATableAreNotLocatedTogether() {
        Run both = Run.heimdall("locate", "sessions.csv", "--workspace", folder);
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("--workspace has sessions of its own");
        assertThat(Run.heimdall("locate").err()).contains("a workspace with --workspace");
    }

    @Tag("slow")
    @Test
    void clocksOf100NanosecondsGiveTensOfMetresAndRegionsThatHoldWhatTheySay() throws IOException {
        List<JsonNode> sessions = objects(locate("tdoa", 60));

        assertThat(median(sessions, "source")).isLessThan(60).isLessThan(1.3 * median(sessions, "bound"));
        for (double level : LEVELS) {
            long held = sessions.stream()
                    .filter(session ->
                            session.get("source").get("credible_level").asDouble() <= level)
                    .count();
            double chance = 2.5 * Math.sqrt(level * (1 - level) / sessions.size());
            assertThat(Math.abs(held / (double) sessions.size() - level)).isLessThan(0.03 + chance);
        }
    }

    /** The echoes at Torino are ten times as large as its sigma says; its scatter is learned from the other places. */
    @Tag("slow")
    @Test
    void echoesOfAStationDoNotMakeRegionsMiss() throws IOException {
        Run run = locate("tdoa-mixed", 60);
        List<JsonNode> sessions = objects(run);

        assertThat(run.err()).contains("Arrivals at Torino: they scatter by another");
        List<JsonNode> judged =
                sessions.stream().filter(session -> session.has("source")).toList();
        for (double level : new double[] {0.9, 0.95}) {
            long held = judged.stream()
                    .filter(session ->
                            session.get("source").get("credible_level").asDouble() <= level)
                    .count();
            double chance = 2.5 * Math.sqrt(level * (1 - level) / judged.size());
            assertThat(held / (double) judged.size()).isGreaterThan(level - 0.03 - chance);
        }
        assertThat(judged)
                .filteredOn(
                        session -> session.get("source").get("credible_level").asDouble() > 0.95)
                .allSatisfy(session -> {
                    double area = session.get("regions").get(3).get("area_km2").asDouble();
                    double radius = 1000 * Math.sqrt(area / Math.PI);
                    assertThat(session.get("source").get("error_m").asDouble()).isLessThan(10 * radius);
                });
    }
}
