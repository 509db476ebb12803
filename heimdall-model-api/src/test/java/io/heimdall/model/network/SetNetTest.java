package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.SetCases;
import io.heimdall.model.output.NormalMixtureOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetNetTest {
    static Set<String> cases() {
        return SetCases.cases().keySet();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itsTensorsAreThoseOfTheReference(String name) {
        JsonNode golden = SetCases.cases().get(name);
        List<String> expected = new ArrayList<>();
        golden.get("train")
                .get("state_after")
                .properties()
                .forEach(tensor -> expected.add(tensor.getKey()
                        + tensor.getValue().get("shape").toString().replace(",", ", ")));

        NetworkSpec network = SetCases.network(golden);

        assertThat(network.parameters().stream().map(p -> p.name() + Arrays.toString(p.shape())))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(numbers(network)).isEqualTo(golden.get("parameters").asLong());
        assertThat(network.output())
                .isEqualTo(new NormalMixtureOutput(golden.get("components").asInt()));
        assertThat(network.hasBatchNorm()).isFalse();
    }

    @Test
    void anEmbeddingHasWeightsOfItsOwnAndItsFeaturesInTheToken() {
        Layer.Sequence body = new Layer.Sequence(List.of(
                new Layer.Named("backbone", new Operation.Conv2d(1, 5, 3, 2, 1)),
                new Layer.Named("", new Operation.GlobalAveragePool())));
        SetNet plain = SetNet.of(7);
        NetworkSpec with = plain.with(new SetNet.Embedding(5, body)).network("set");

        assertThat(with.part(NetworkSpec.BACKBONE)).containsExactly("backbone.");
        assertThat(with.input(SetNet.SPECTROGRAM)).hasToString("[batch, stations, 128, 32]");
        assertThat(numbers(with) - numbers(plain.network("set"))).isEqualTo(5 * 3 * 3 + 5 * 64);
        assertThat(plain.network("set").part(NetworkSpec.HEADS)).containsExactly("head.");
    }

    private static long numbers(NetworkSpec network) {
        return network.parameters().stream()
                .mapToLong(p -> FloatTensor.elements(p.shape()))
                .sum();
    }

    @Test
    void withoutDropoutItHasTheSameWeights() {
        NetworkSpec network = SetNet.of(5).with(SetNet.Embedding.small()).network("set-cnn");
        NetworkSpec without = network.withoutDropout();

        assertThat(network.layers().toString()).contains("Dropout[");
        assertThat(without.layers().toString()).doesNotContain("Dropout[");
        assertThat(without.parameters()).usingRecursiveComparison().isEqualTo(network.parameters());
        assertThat(without.inputs()).isEqualTo(network.inputs());
    }
}
