package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCF77 as three receivers heard it at the same time, from the recordings to a prediction, with no special case. */
class RealSessionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double WINDOW_SECONDS = 1.0;

    @TempDir
    Path folder;

    @Test
    void goThroughTheWholePath() throws IOException {
        Path table = table(RealRecordings.dcf77());
        Path workspace = folder.resolve("w");

        Run ingest = Run.heimdall("ingest", "--workspace", workspace, table, "--json");
        assertThat(ingest.exit()).as(ingest.err()).isZero();
        assertThat(JSON.readTree(ingest.lastLine()).get("refused")).isEmpty();

        Run train = Run.heimdall("train", "--workspace", workspace, "--epochs", 2, "--json");
        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err()).contains("Warning: ", "same sources on all sides");
        JsonNode trained = JSON.readTree(train.lastLine());

        Run evaluate = Run.heimdall("evaluate", "--workspace", workspace, "--json");
        assertThat(evaluate.exit()).as(evaluate.err()).isZero();
        assertThat(JSON.readTree(evaluate.lastLine()).get("baselines").has("bayes"))
                .isFalse();

        Path onnx = folder.resolve("dcf77.onnx");
        Path training = Path.of(trained.get("checkpoints").asText()).getParent();
        Run export = Run.heimdall("export", "--checkpoint", training, "--out", onnx);
        assertThat(export.exit()).as(export.err()).isZero();

        Run predict = Run.heimdall("predict", "--model", onnx, table, "--json");
        assertThat(predict.exit()).as(predict.err()).isZero();
        List<String> lines = predict.out().lines().toList();
        assertThat(lines).hasSizeGreaterThan(20);
        for (String line : lines) {
            // One transmitter only: whatever the network says lies near it, in the plane around it.
            assertThat(JSON.readTree(line).get("latitude").asDouble()).isBetween(49.9, 50.2);
        }
    }

    /** Cuts the recordings into windows, a session each. */
    private Path table(Path recordings) throws IOException {
        StringBuilder csv = new StringBuilder("session_id,approved,source_name,source_lat,source_lon,frequency_hz,"
                + "station,station_lat,station_lon,recording,sample_rate_hz,start_time,calibration_db\n");
        for (String station : Files.readAllLines(recordings.resolve("stations.csv"))) {
            String[] cells = station.split(",");
            Path file = recordings.resolve("20171127T104156Z_77500_" + cells[0] + "_iq.wav");
            if (Files.isRegularFile(file)) {
                cut(file, cells, csv);
            }
        }
        return Files.writeString(folder.resolve("sessions.csv"), csv);
    }

    private void cut(Path file, String[] station, StringBuilder csv) throws IOException {
        try (Recording recording = Recordings.open(file)) {
            double rate = recording.info().sampleRateHz().orElseThrow();
            int samples = (int) (WINDOW_SECONDS * rate);
            float[] iq = new float[2 * samples];
            for (int w = 0; (w + 1L) * samples <= recording.info().samples(); w++) {
                recording.read((long) w * samples, iq, 0, samples);
                String name = "w" + w + "-" + station[0] + ".npy";
                NpyWriter.writeComplex(folder.resolve(name), iq);
                csv.append("w%d,true,DCF77,50.0152,9.0112,77500,%s,%s,%s,%s,%s,,%n"
                        .formatted(w, station[0], station[1], station[2], name, rate));
            }
        }
    }
}
