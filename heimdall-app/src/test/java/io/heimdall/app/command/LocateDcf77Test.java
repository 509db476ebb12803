package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCF77 (Mainflingen, 50.0155 N, 9.0108 E) by three KiwiSDRs, where the recordings lie beside the repository. */
class LocateDcf77Test {
    @TempDir
    Path folder;

    @Test
    void threeKiwisFindMainflingenWithinTenKilometres() throws IOException {
        Path recordings = RealRecordings.dcf77();
        List<String> lines = new ArrayList<>();
        lines.add("session_id,frequency_hz,source_lat,source_lon,station,station_lat,station_lon,recording");
        for (String station : Files.readAllLines(recordings.resolve("stations.csv"))) {
            String[] cells = station.split(",");
            Path file = recordings.resolve("20171127T104156Z_77500_" + cells[0] + "_iq.wav");
            if (Files.isRegularFile(file)) {
                lines.add("dcf77,77500,50.0155,9.0108," + station + "," + file);
            }
        }
        Run run = Run.heimdall("locate", Files.write(folder.resolve("dcf77.csv"), lines), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode located = new ObjectMapper().readTree(run.lastLine());
        assertThat(located.get("source").get("error_m").asDouble()).isLessThan(10_000);
        assertThat(located.get("source").get("credible_level").asDouble()).isLessThan(0.9);
        assertThat(located.get("regions").get(2).get("area_km2").asDouble()).isLessThan(1500);
        assertThat(located.get("evidence").get("delays").get("pairs")).hasSize(3);
    }
}
