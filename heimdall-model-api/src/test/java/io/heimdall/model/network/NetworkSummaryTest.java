package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {

    /** Torchvision's ResNet-18 has 1.814 billion products for an image of 224 x 224 with 3 channels, 1.8136 without its last layer. */
    @Test
    void countsTheOperationsOfAResNet() {
        NetworkSpec resnet = LocalizationNet.resnet18(3);

        NetworkSummary summary = NetworkSummary.of(resnet, 1);

        // 128 x 32 is 4096 / 50176 of that image; the pooling of odd sizes and the heads make the small rest.
        assertThat(summary.operations() / 2e9).isEqualTo(1.8136 * 4096 / 50176, within(0.002));
        assertThat(layer(summary, "backbone.conv1").shape()).containsExactly(64, 64, 16);
        assertThat(layer(summary, "backbone.conv1").operations()).isEqualTo(2L * 64 * 64 * 16 * 3 * 49);
        assertThat(layer(summary, "backbone.layer4.1.conv2").shape()).containsExactly(512, 4, 1);
    }

    @Test
    void hasTheParametersOfTheNetwork() {
        for (NetworkSpec network : List.of(
                LocalizationNet.small(2),
                LocalizationNet.resnet18(3),
                SetNet.of(7).network("set"),
                embedded())) {
            long all =
                    network.parameters().stream().mapToLong(LayerShapes::size).sum();

            NetworkSummary summary = NetworkSummary.of(network, 5);

            assertThat(summary.parameters()).as(network.name()).isEqualTo(all);
            assertThat(summary.bytes()).isEqualTo(4 * all);
            assertThat(summary.trained() == all).isEqualTo(!network.hasBatchNorm());
            List<LayerSummary> layers = summary.layers();
            assertThat(layers.get(layers.size() - 1).shape())
                    .containsExactly(network.output().width());
        }
    }

    @Test
    void countsAttentionByThePairsOfASet() {
        NetworkSummary few = NetworkSummary.of(SetNet.of(7).network("set"), 3);
        NetworkSummary many = NetworkSummary.of(SetNet.of(7).network("set"), 6);

        assertThat(layer(few, "blocks.0.attention").operations()).isEqualTo(2 * (4 * 3 * 64 * 64 + 2 * 9 * 64));
        assertThat(layer(many, "blocks.0.attention").operations()).isEqualTo(2 * (4 * 6 * 64 * 64 + 2 * 36 * 64));
        assertThat(layer(many, "blocks.0.attention").shape()).containsExactly(6, 64);
    }

    @Test
    void countsTheEmbeddingOfEachElement() {
        LayerSummary one = layer(NetworkSummary.of(embedded(), 1), "backbone.conv1");
        LayerSummary four = layer(NetworkSummary.of(embedded(), 4), "backbone.conv1");

        assertThat(four.operations()).isEqualTo(4 * one.operations());
        assertThat(four.parameters()).isEqualTo(one.parameters());
    }

    @Test
    void refusesAnEmptySet() {
        NetworkSpec network = SetNet.of(7).network("set");

        assertThatThrownBy(() -> NetworkSummary.of(network, 0)).hasMessageContaining("0 elements");
    }

    private static NetworkSpec embedded() {
        return SetNet.of(2).with(SetNet.Embedding.small()).network("set-cnn");
    }

    private static LayerSummary layer(NetworkSummary summary, String name) {
        return summary.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
