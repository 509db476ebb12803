package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Workspace;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.ByteSources;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heimdall spark quality} beside what one process measures. */
class QualityCommandTest {

    @Test
    void measuresInTheOrderOfTheCatalogueAndListsTheRest(@TempDir Path folder) throws IOException {
        Path workspace = folder.resolve("w");
        Path table = folder.resolve("quality.jsonl");
        try (Workspace made = Workspace.create(workspace)) {
            new Simulation(World.rss(), 5).writeTo(made, 10, 2, done -> {});
            List<Recorded> all = made.catalog()
                    .sessions()
                    .flatMap(session -> session.recordings().stream())
                    .toList();
            Files.write(made.objects().fetch(all.get(3).key()), new byte[] {1, 2, 3});

            SparkRun run = SparkRun.spark(
                    "quality",
                    "--workspace",
                    workspace,
                    "--out",
                    table,
                    "--master",
                    "local[2]",
                    "--per-task",
                    4,
                    "--json");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().get("measured").asInt()).isEqualTo(all.size() - 1);
            assertThat(Files.readString(workspace.resolve("quality-faults.jsonl")))
                    .contains(all.get(3).key().toString(), "\"may_pass\":false");
            List<String> rows = Files.readAllLines(table);
            assertThat(rows).hasSize(all.size() - 1);
            for (int i = 0; i < rows.size(); i++) {
                Recorded recorded = all.get(i < 3 ? i : i + 1);
                JsonNode row = new ObjectMapper().readTree(rows.get(i));
                RecordingQuality quality = quality(made, recorded);
                assertThat(row.get("recording").asText())
                        .isEqualTo(recorded.key().toString());
                assertThat(row.get("samples").asLong()).isEqualTo(quality.samples());
                assertThat(row.get("level_dbfs").asDouble()).isEqualTo(quality.levelDbfs());
                assertThat(row.get("snr_db").isNull()).isEqualTo(quality.snrDb().isEmpty());
                quality.snrDb()
                        .ifPresent(
                                snr -> assertThat(row.get("snr_db").asDouble()).isEqualTo(snr));
            }
        }
    }

    @Test
    void tablesThatCannotBeWrittenAreRefusedAtTheStart(@TempDir Path folder) throws IOException {
        Path workspace = folder.resolve("w");
        Workspace.create(workspace).close();
        Path missing = folder.resolve("none/q.jsonl");
        Path table = folder.resolve("q.jsonl");

        assertRefused(workspace, folder, table, "--out " + folder + " is a directory");
        assertRefused(workspace, missing, table, "--out " + missing + ": there is no directory " + missing.getParent());
        assertRefused(workspace, table, folder, "--faults " + folder + " is a directory");
        assertRefused(workspace, table, missing, "--faults " + missing + ": there is no directory");
        Path sameInOtherWords = workspace.resolve("../q.jsonl");
        assertRefused(workspace, table, sameInOtherWords, "--out " + table + " is the file of --faults, too");
        Path usual = workspace.resolve("quality-faults.jsonl");
        SparkRun beside = SparkRun.spark("quality", "--workspace", workspace, "--out", usual);
        assertThat(beside.exit()).isEqualTo(2);
        assertThat(beside.err()).contains(usual + " is the file of --faults, too");
        assertThat(usual).doesNotExist();
    }

    private static void assertRefused(Path workspace, Path out, Path faults, String reason) {
        SparkRun run = SparkRun.spark("quality", "--workspace", workspace, "--out", out, "--faults", faults);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
    }

    private static RecordingQuality quality(Workspace workspace, Recorded recorded) throws IOException {
        try (Recording recording = Recordings.open(
                ByteSources.of(workspace.objects().fetch(recorded.key())),
                recorded.part().options(recorded.format(), recorded.sampleRateHz()))) {
            return RecordingSurvey.of(recording, 1).quality();
        }
    }
}
