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
import io.heimdall.export.ModelDescription;
import io.heimdall.localization.evidence.Site;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.modelfile.UntrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model says of the levels, beside delays and bearings. */
class LocateModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private LocateTable table;

    @BeforeEach
    void begin() {
        table = new LocateTable(folder);
    }

    /** A network of sets that has learned nothing: its answer is wide, and lies about the origin of its plane. */
    private Path model() throws IOException {
        return model("set", new SetProducer().example());
    }

    private Path model(String family, InputSpec input) throws IOException {
        return model(family, input, Map.of());
    }

    private Path model(String family, InputSpec input, Map<String, String> metadata) throws IOException {
        NetworkSpec network = Networks.named(family).network(input);
        ModelDescription description = new ModelDescription(
                input.reading(network.inputs()),
                network.output(),
                new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(50_000)),
                1.5,
                "0".repeat(32),
                metadata);
        Path onnx = folder.resolve(family + ".onnx");
        new UntrainedModel(network, description).write(onnx);
        return onnx;
    }

    @Test
    void whatAModelSaysIsMultiplied() throws IOException {
        table.row("s1", ",", SITES.get(0), table.recording("s1", SITES.get(0), LATITUDE, LONGITUDE, 0), "", "", ",");
        table.row("s1", ",", SITES.get(1), table.recording("s1", SITES.get(1), LATITUDE, LONGITUDE, 0), "", "", ",");
        Path model = model();
        JsonNode alone = table.located("--model", model);
        assertThat(alone.get("evidence").get("levels").get("weight").asDouble()).isEqualTo(1);
        assertThat(alone.get("evidence").get("levels").get("latitude").asDouble())
                .isCloseTo(alone.get("latitude").asDouble(), within(0.01));
        assertThat(alone.get("evidence").has("delays")).isFalse();
        JsonNode predicted = JSON.readTree(Run.heimdall("predict", "--model", model, table.write(), "--json")
                .lastLine());
        double sigma = predicted.get("sigma_east_m").asDouble();
        assertThat(alone.get("sigma_east_m").asDouble()).isCloseTo(sigma, within(0.02 * sigma));

        table.clear();
        table.session("s1", ",", LATITUDE, LONGITUDE, new double[3]);
        JsonNode both = table.located("--model", model, "--evidence", "levels,delays");
        assertThat(both.get("evidence").has("levels")).isTrue();
        assertThat(errorM(both)).isLessThan(300);
        JsonNode fused = JSON.readTree(Run.heimdall("predict", "--model", model, table.write(), "--json")
                .lastLine());
        assertThat(fused.get("latitude")).isEqualTo(both.get("latitude"));
        assertThat(fused.get("evidence").get("delays"))
                .isEqualTo(both.get("evidence").get("delays"));
        Run words = Run.heimdall("predict", "--model", model, table.write());
        assertThat(words.out()).contains("by levels, 3 delays");
        Run left = Run.heimdall("locate", table.write(), "--model", model, "--evidence", "delays");
        assertThat(left.exit()).isEqualTo(2);
        assertThat(left.err()).contains("add levels to --evidence, or leave out --model");
    }

    @Test
    void whatTheTrainingHasFittedIsUsed() throws IOException {
        table.session("s1", ",", LATITUDE, LONGITUDE, new double[] {0, 5e-6, 0, 0});
        double wrong = errorM(table.located("--evidence", "delays"));
        String fitted = """
                {"exponents": {"levels": 0.25, "delays": 0.75, "bearings": 1},
                 "clocks": [{"station": "Milano", "error_s": 3.75e-6, "sigma_s": 1e-8, "sessions": 9}],
                 "clock_pairs": [%s],
                 "clock_scatters": [{"station": "Genova", "scatter_s": 1e-6, "sigma_s": 2e-7, "sessions": 9}],
                 "bearings": []}
                """.formatted(SITES.stream()
                .filter(site -> !site.name().equals("Milano"))
                .map(site -> "{\"first\": \"Milano\", \"second\": \"" + site.name()
                        + "\", \"error_s\": 5e-6, \"sigma_s\": 1e-8}")
                .collect(Collectors.joining(", ")));
        Path model = model("set", new SetProducer().example(), Map.of("evidence", fitted));
        JsonNode located = table.located("--model", model);
        JsonNode evidence = located.get("evidence");
        assertThat(evidence.get("levels").get("weight").asDouble()).isEqualTo(0.25);
        assertThat(evidence.get("delays").get("weight").asDouble()).isEqualTo(0.75);
        assertThat(wrong).isGreaterThan(500);
        assertThat(errorM(located)).isLessThan(200);
        JsonNode predicted = JSON.readTree(Run.heimdall("predict", "--model", model, table.write(), "--json")
                .lastLine());
        assertThat(predicted.get("evidence")).isEqualTo(evidence);
        assertThat(Run.heimdall("locate", table.write(), "--model", model).err()
                        + Run.heimdall("locate", table.write(), "--model", model)
                                .out())
                .contains("Arrivals at Genova: they scatter by another 1.00 us +- 0.20 us");
    }

    @Test
    void aVersionNeedsAWorkspace() throws IOException {
        table.session("s1", ",", LATITUDE, LONGITUDE, new double[2]);
        Run run = Run.heimdall("locate", table.write(), "--model", "v3");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--model v3: there is no such file", "--workspace DIR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stations        | the model takes none of its stations, but station 1
        single-receiver | the model answers for each recording, not for a whole session
        """)
    void aModelOfOtherRecordingsIsSaid(String producer, String reason) throws IOException {
        table.session("s1", ",", LATITUDE, LONGITUDE, new double[2]);
        Path model = model("resnet18", Producers.named(producer).example());
        Run run = Run.heimdall("locate", table.write(), "--model", model);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("Warning: session s1: " + reason + "; its levels are not used");
    }

    @Test
    void whatAModelDoesNotTakeIsSaid() throws IOException {
        for (Site site : SITES.subList(0, 3)) {
            table.row("s1", ",", site, "", "", "", site.azimuthDegrees(LATITUDE, LONGITUDE) + ",3");
        }
        Run run = Run.heimdall("locate", table.write(), "--model", model(), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        String reason = "the model takes recordings or levels, of which there are none in the session; its levels are"
                + " not used";
        assertThat(run.err()).containsOnlyOnce("Warning: session s1: " + reason);
        assertThat(JSON.readTree(run.lastLine())
                        .get("warnings")
                        .get(0)
                        .get("message")
                        .asText())
                .isEqualTo(reason);
    }
}
