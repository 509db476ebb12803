package io.heimdall.app.command;

import static io.heimdall.app.command.LocateTable.LATITUDE;
import static io.heimdall.app.command.LocateTable.LONGITUDE;
import static io.heimdall.app.command.LocateTable.SITES;
import static io.heimdall.app.command.LocateTable.errorM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.localization.evidence.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private LocateTable table;

    @BeforeEach
    void begin() {
        table = new LocateTable(folder);
    }

    @Test
    void fourStationsWithGoodClocksGiveAPlace() throws IOException {
        table.session("s1", ",", LATITUDE, LONGITUDE, new double[4]);
        Path geoJson = folder.resolve("s.geojson");
        Path kml = folder.resolve("s.kml");
        Path html = folder.resolve("s.html");
        JsonNode located = table.located("--geojson", geoJson, "--kml", kml, "--html", html);

        assertThat(errorM(located)).isLessThan(150);
        assertThat(located.get("session_id").asText()).isEqualTo("s1");
        assertThat(located.get("sigma_east_m").asDouble()).isBetween(5.0, 500.0);
        assertThat(located.get("covariance").get(0).get(0).asDouble())
                .isCloseTo(Math.pow(located.get("sigma_east_m").asDouble(), 2), within(1e-3));
        assertThat(located.get("median").get("latitude").asDouble()).isCloseTo(LATITUDE, within(2e-3));
        assertThat(located.get("regions")).hasSize(4);
        assertThat(located.get("regions").get(3).get("level").asDouble()).isEqualTo(0.95);
        JsonNode delays = located.get("evidence").get("delays");
        assertThat(delays.get("weight").asDouble()).isEqualTo(1);
        assertThat(delays.get("pairs").get(0).get("power").asDouble()).isBetween(0.4, 0.6);
        assertThat(delays.get("pairs")).hasSize(6);
        assertThat(delays.get("pairs").get(0).get("stations").get(1).asText()).isEqualTo("Milano");
        assertThat(delays.get("pairs").get(0).get("sigma_s").asDouble()).isBetween(1.4e-7, 2e-6);
        assertThat(delays.get("closure").get("stations")).hasSize(3);
        assertThat(located.get("warnings")).isEmpty();
        assertThat(JSON.readTree(geoJson.toFile()).get("features")).hasSize(4 + 2 + 4);
        assertThat(Files.readString(kml)).contains("Aosta");
        assertThat(Files.readString(html))
                .contains("id=\"map\"", "Torino", "delay Torino over Milano", "Natural Earth");
    }

    @Test
    void aWrongClockIsNamedAndLosesItsSay() throws IOException {
        table.session("s1", LATITUDE + "," + LONGITUDE, LATITUDE, LONGITUDE, new double[] {0, 0, 0, 200e-6, 0});
        Run run = Run.heimdall("locate", table.write(), "--json");
        JsonNode located = JSON.readTree(run.lastLine());
        assertThat(errorM(located)).isLessThan(1000);
        assertThat(located.get("source").get("error_m").asDouble()).isCloseTo(errorM(located), within(10.0));
        assertThat(located.get("source").get("credible_level").asDouble()).isLessThan(0.99);
        assertThat(run.err())
                .contains("the delay of Torino over Aosta is", "a clock or a stamp is wrong", "known place 45.20000");
    }

    @Test
    void constantErrorsAreLearnedFromKnownTransmitters() throws IOException {
        double[] clocks = {0, 3e-6, -2e-6, 0};
        double[][] known = {{45.0, 8.2}, {45.3, 8.6}, {45.1, 8.0}, {44.9, 8.5}};
        for (int i = 0; i < known.length; i++) {
            table.session("k" + i, known[i][0] + "," + known[i][1], known[i][0], known[i][1], clocks);
        }
        table.session("s1", ",", LATITUDE, LONGITUDE, clocks);
        Run run = Run.heimdall("locate", table.write(), "--json");
        JsonNode located = JSON.readTree(run.lastLine());
        assertThat(errorM(located)).isLessThan(200);
        assertThat(run.err()).contains("Clock of Milano: +2.", "by 4 known sessions", "us taken off");
        double correction = located.get("evidence")
                .get("delays")
                .get("pairs")
                .get(0)
                .get("correction_s")
                .asDouble();
        assertThat(correction).isCloseTo(-3e-6, within(0.5e-6));
        // A known session is corrected by the three others.
        JsonNode first = JSON.readTree(run.out().lines().findFirst().orElseThrow());
        assertThat(first.get("source").get("error_m").asDouble()).isLessThan(300);
    }

    @Test
    void bearingsAloneAndWithDelays() throws IOException {
        for (Site site : SITES.subList(0, 3)) {
            double azimuth = site.azimuthDegrees(LATITUDE, LONGITUDE);
            table.row("s1", ",", site, "", "", "", azimuth + ",3");
        }
        JsonNode located = table.located();
        assertThat(errorM(located)).isLessThan(2000);
        assertThat(located.get("evidence").get("bearings").get("stations")).hasSize(3);
        assertThat(located.get("evidence").has("delays")).isFalse();

        table.session("s2", ",", LATITUDE, LONGITUDE, new double[2]);
        table.row("s2", ",", SITES.get(3), "", "", "", SITES.get(3).azimuthDegrees(LATITUDE, LONGITUDE) + ",3");
        JsonNode both = table.located();
        assertThat(both.get("session_id").asText()).isEqualTo("s2");
        assertThat(both.get("evidence").has("delays")).isTrue();
        assertThat(both.get("median").get("latitude").asDouble()).isCloseTo(LATITUDE, within(0.03));
        assertThat(both.get("median").get("longitude").asDouble()).isCloseTo(LONGITUDE, within(0.03));
        Run delays = Run.heimdall("locate", table.write(), "--evidence", "delays");
        assertThat(delays.exit()).isZero();
        assertThat(delays.out()).contains("s1  not located: 0 of 3 stations have a recording", "s2  ");
        assertThat(delays.err()).contains("one delay alone gives a hyperbola");
    }

    @Test
    void whatCannotBeUsedIsSaid() throws IOException {
        String file = table.recording("s1", SITES.get(0), LATITUDE, LONGITUDE, 0);
        table.row("s1", ",", SITES.get(0), file, "2026-03-04T05:06:07Z", "", ",");
        table.row(
                "s1", ",", SITES.get(1), table.recording("s1", SITES.get(1), LATITUDE, LONGITUDE, 0), "", "1e-7", ",");
        Run run = Run.heimdall("locate", table.write());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("s1  not located: 0 of 2 stations have a recording whose start and clock are known")
                .contains("Torino: nothing is known of its clock: fill in clock_sigma_s")
                .contains("Milano: neither the table (start_time) nor the recording tells when it began");
    }

    @Test
    void eachSessionIsAnObject() throws IOException {
        table.row("s1", ",", SITES.get(0), "gone.npy", "", "", ",");
        table.row("s2", ",", SITES.get(0), table.recording("s2", SITES.get(0), LATITUDE, LONGITUDE, 0), "", "", ",");
        // Two recordings without a common time, and a bearing.
        for (int i = 0; i < 2; i++) {
            String file = table.recording("s3", SITES.get(i), LATITUDE, LONGITUDE, 0);
            table.row("s3", ",", SITES.get(i), file, "2026-03-04T05:0" + i + ":07Z", "1e-7", ",");
        }
        table.row("s3", ",", SITES.get(2), "", "", "", SITES.get(2).azimuthDegrees(LATITUDE, LONGITUDE) + ",3");
        Run run = Run.heimdall("locate", table.write(), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        List<JsonNode> objects = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            objects.add(JSON.readTree(line));
        }
        assertThat(objects).extracting(one -> one.get("session_id").asText()).containsExactly("s1", "s2", "s3");
        assertThat(objects.get(0).get("error").asText()).contains("line 2: ", "gone.npy");
        assertThat(objects.get(1).get("session").asText()).isEqualTo("s2");
        assertThat(objects.get(1).get("error").asText()).startsWith("0 of 1 stations have a recording whose start");
        assertThat(objects.get(1)
                        .get("evidence")
                        .get("stations")
                        .get(0)
                        .get("no_delay")
                        .asText())
                .contains("start_time");
        JsonNode located = objects.get(2);
        assertThat(located.has("error")).isFalse();
        JsonNode pair = located.get("evidence").get("delays").get("pairs").get(0);
        assertThat(pair.get("reason").asText()).isEqualTo("no_common_time");
        assertThat(located.get("evidence")
                        .get("stations")
                        .get(2)
                        .get("no_delay")
                        .asText())
                .isEqualTo("no recording");
    }

    @Test
    void nothingIsWrittenOverARecording() throws IOException {
        String file = table.recording("s1", SITES.get(0), LATITUDE, LONGITUDE, 0);
        table.row("s1", ",", SITES.get(0), file, "2026-03-04T05:06:07Z", "1e-7", ",");
        table.row("s1", ",", SITES.get(1), "other.npy", "", "", ",");
        byte[] before = Files.readAllBytes(folder.resolve(file));
        Path link = Files.createSymbolicLink(folder.resolve("link.html"), folder.resolve(file));
        Path around = folder.resolve("..").resolve(folder.getFileName()).resolve(file);
        Path model = folder.resolve("no.onnx");
        for (List<Object> words : List.<List<Object>>of(
                List.of("locate", table.write(), "--geojson", folder.resolve(file)),
                List.of("locate", table.write(), "--kml", around),
                List.of("locate", table.write(), "--html", link),
                List.of("locate", table.write(), "--html", folder.resolve("other.npy")),
                List.of("predict", "--model", model, table.write(), "--geojson", folder.resolve(file)))) {
            Run run = Run.heimdall(words.toArray());
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("would overwrite an input file");
        }
        assertThat(Files.readAllBytes(folder.resolve(file))).isEqualTo(before);
        Path one = folder.resolve("one");
        for (String option : List.of("--geojson", "--kml")) {
            Run run = Run.heimdall("locate", table.write(), "--html", one, option, one);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("--html and " + option + " are the same file");
        }
        assertThat(Run.heimdall("locate", table.write(), "--kml", one, "--geojson", one)
                        .err())
                .contains("--geojson and --kml are the same file");
    }

    private Path kraken(String name, int reversed) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < SITES.size(); i++) {
            Site site = SITES.get(i);
            double azimuth = site.azimuthDegrees(LATITUDE, LONGITUDE);
            lines.add(String.format(
                    Locale.ROOT,
                    "1767225600000,%.1f,50,-40,145500000,UCA,400,%s,%s,%s,45,0,GPS",
                    (i == reversed ? 720 - azimuth + 45 : azimuth + 315) % 360,
                    site.name(),
                    site.latitude(),
                    site.longitude()));
        }
        lines.add("12,0,50,-40,145500000,UCA,400,Novara,45.4,8.6,0,0,GPS");
        return Files.write(folder.resolve(name), lines);
    }

    @Test
    void logsOfKrakensAreRead() throws IOException {
        Run run = Run.heimdall("locate", "--kraken", kraken("k.csv", -1), "--kraken-sigma", "3", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(errorM(JSON.readTree(run.lastLine()))).isLessThan(2000);
        assertThat(run.err()).contains("Refused: line 6: ", "the receiver's clock was not set");

        Run odd = Run.heimdall("locate", "--kraken", kraken("odd.csv", 1), "--kraken-sigma", "3");
        assertThat(odd.err()).contains("the bearing of Milano is", "the other way round", "--kraken-angles");
        table.row("s1", ",", SITES.get(0), "", "", "", SITES.get(0).azimuthDegrees(LATITUDE, LONGITUDE) + ",3");
        Run both = Run.heimdall("locate", table.write(), "--kraken", kraken("k.csv", -1));
        assertThat(both.out()).contains("s1  ", "kraken-145500000  ");
        assertThat(Run.heimdall("locate").err())
                .contains("give a table of sessions, a workspace with --workspace, or logs with --kraken");
    }

    @Test
    void optionsAreChecked() throws IOException {
        Path written = table.write();
        String[][] wrong = {
            {"--within", "0", "--within 0.0 is not in 0..10000 km"},
            {"--ppm", "-1", "--ppm -1.0 is not in 0..1000"},
            {"--speed-factor", "3", "--speed-factor 3.0 is not in 0.5..2"},
            {"--kraken-sigma", "0", "--kraken-sigma 0.0 is not in 0..180"},
            {"--kraken-angles", "polar", "'polar' is neither compass (clockwise) nor counterclockwise"},
            {"--layer", "-1", "--layer -1.0 is not in 0..1000 km"},
            {"--evidence", "levels", "--evidence levels needs a model that reads them"},
            {"--evidence", "smells", "smells"},
            {"--html", written.toString(), "would overwrite an input file"}
        };
        IntStream.range(0, wrong.length).forEach(i -> {
            Run run = Run.heimdall("locate", written, wrong[i][0], wrong[i][1]);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains(wrong[i][2]);
        });
    }
}
