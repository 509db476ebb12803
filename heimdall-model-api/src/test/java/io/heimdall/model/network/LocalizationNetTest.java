package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.ParityCases;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalizationNetTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "stations7", "resnet34", "seven channels 47x33"})
    void networksHavePyTorchsTensorsInPyTorchsOrder(String name) {
        JsonNode golden = ParityCases.cases().get(name);
        var expected = new ArrayList<String>();
        golden.get("train")
                .get("state_after")
                .properties()
                .forEach(tensor -> expected.add(tensor.getKey()
                        + tensor.getValue().get("shape").toString().replace(",", ", ")));

        NetworkSpec network = ParityCases.network(golden);

        assertThat(network.parameters().stream().map(p -> p.name() + Arrays.toString(p.shape())))
                .containsExactlyElementsOf(expected);
        assertThat(trainedValues(network)).isEqualTo(golden.get("parameters").asLong());
    }

    @Test
    void smallIsTheSameBuildAndLight() {
        NetworkSpec network = LocalizationNet.small(7);
        List<String> names =
                network.parameters().stream().map(ParameterSpec::name).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(names).contains("backbone.conv1.weight", "position_head.4.bias", "uncertainty_head.8.weight");
        assertThat(trainedValues(network)).isLessThan(500_000L);
    }

    @Test
    void networksAreFoundByName() {
        InputSpec input = new InputSpec(
                "stations",
                Map.of(),
                List.of(),
                List.of(new NetworkTensor(
                        TensorSpec.floats(LocalizationNet.FEATURES, 7, 128, 32), new Formula.Given("decibels"))));
        assertThat(Networks.names()).containsExactly("set", "set-cnn", "set-resnet18", "resnet18", "resnet34", "small");
        assertThat(Networks.named("resnet18").network(input)).isEqualTo(LocalizationNet.resnet18(7));
        assertThat(Networks.named("resnet34").network(input)).isEqualTo(LocalizationNet.resnet34(7));
        assertThat(Networks.named("small").network(input)).isEqualTo(LocalizationNet.small(7));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("vgg"))
                .withMessage(
                        "network 'vgg' is not known; there are set, set-cnn, set-resnet18, resnet18, resnet34, small");
    }

    @Test
    void partsAreFoundByNameToo() {
        NetworkSpec network = LocalizationNet.small(2);
        assertThat(network.part(NetworkSpec.BACKBONE)).containsExactly("backbone.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.part("tail"))
                .withMessage("network 'small' has no part 'tail'; it has backbone, heads");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalizationNet.resnet18(0))
                .withMessage("channels 0 is not at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalizationNet.small(3, 1, 0))
                .withMessage("dropout 1.0 is not in [0, 1)");
    }

    private static long trainedValues(NetworkSpec network) {
        return network.parameters().stream()
                .filter(p -> p.kind().trained())
                .mapToLong(p -> FloatTensor.elements(p.shape()))
                .sum();
    }
}
