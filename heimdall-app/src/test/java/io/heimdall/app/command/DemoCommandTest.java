package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void resnetStandsAmongTheOthers() throws IOException {
        Run demo = Run.heimdall(
                "demo", "--workspace", folder, "--sessions", 40, "--epochs", 1, "--resnet18-epochs", 1, "--json");

        assertThat(demo.exit()).as(demo.err()).isZero();
        JsonNode said = new ObjectMapper().readTree(demo.lastLine());
        JsonNode resnet = said.get("baselines").get("resnet18");
        assertThat(resnet.get("rmse").asDouble()).isPositive();
        assertThat(resnet.get("nll_density").isNumber()).isTrue();
        assertThat(said.get("better_than").has("resnet18")).isTrue();
        assertThat(said.get("model_name").asText()).isEqualTo("heimdall-localization");
        assertThat(said.get("model_version").asInt()).isEqualTo(1);
        assertThat(demo.err()).contains("ResNet-18 (1 epoch)").doesNotContain("Exception");
        assertThat(demo.err().lines().filter(line -> line.matches("(Error|Network|ResNet|k-NN|Posterior).*")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(Files.readString(Path.of(said.get("report").asText()))).contains("<th>ResNet-18 (1 epoch)");
    }

    @Test
    void fewerThanNoEpochsAreRefusedBeforeAnythingIsWritten() {
        Run demo = Run.heimdall("demo", "--workspace", folder.resolve("w"), "--resnet18-epochs", -1);

        assertThat(demo.exit()).isEqualTo(2);
        assertThat(demo.err()).contains("--resnet18-epochs -1 is not 0 or more");
        assertThat(folder.resolve("w")).doesNotExist();
    }
}
