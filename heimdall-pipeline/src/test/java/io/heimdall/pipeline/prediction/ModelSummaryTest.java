package io.heimdall.pipeline.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.network.Networks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {

    @Test
    void describesEachNetworkBeforeItIsTrained() {
        for (String name : Networks.names()) {
            ModelSummary summary = ModelSummary.ofNetwork(name, 4);

            assertThat(summary.network().network().name()).isEqualTo(name);
            assertThat(summary.stations()).isEqualTo(4);
            assertThat(summary.operations()).isPositive();
            assertThat(summary.fileBytes()).isEmpty();
        }
    }

    @Test
    void hasAChannelForEachStation() {
        assertThat(ModelSummary.ofNetwork("resnet18", 12).given().get(0).toString())
                .isEqualTo("[batch, 12, 128, 32]");
    }

    @Test
    void namesTheNetworksThereAre() {
        assertThatThrownBy(() -> ModelSummary.ofNetwork("resnet19", 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resnet18");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> ModelSummary.ofFile(Path.of("nothing.onnx"))).hasMessageContaining("nothing.onnx");
    }
}
