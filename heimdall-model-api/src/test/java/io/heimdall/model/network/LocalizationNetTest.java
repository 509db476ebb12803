package io.heimdall.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.ParityCases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
        assertThat(NetworkSpec.named("resnet18", 3)).isEqualTo(LocalizationNet.resnet18(3));
        assertThat(NetworkSpec.named("resnet34", 7)).isEqualTo(LocalizationNet.resnet34(7));
        assertThat(NetworkSpec.names())
                .allSatisfy(
                        name -> assertThat(NetworkSpec.named(name, 1).name()).isEqualTo(name));
        assertThat(NetworkSpec.named("small", 7)).isEqualTo(LocalizationNet.small(7));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkSpec.named("vgg", 3))
                .withMessage("network 'vgg' is not known; there are resnet18, resnet34, small");
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

    @Test
    void featuresOfAnotherShapeAreRefused() {
        NetworkSpec network = LocalizationNet.small(2);
        network.checkFeatures(FloatTensor.zeros(1, 2, 128, 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.checkFeatures(FloatTensor.zeros(1, 3, 128, 32)))
                .withMessage("features of shape [1, 3, 128, 32]; network small takes [batch, 2, 128, 32]");
        assertThatIllegalArgumentException().isThrownBy(() -> network.checkFeatures(FloatTensor.zeros(0, 2, 128, 32)));
        assertThatIllegalArgumentException().isThrownBy(() -> network.checkFeatures(FloatTensor.zeros(2, 128, 32)));
    }

    private static long trainedValues(NetworkSpec network) {
        return network.parameters().stream()
                .filter(p -> p.kind().trained())
                .mapToLong(p -> FloatTensor.elements(p.shape()))
                .sum();
    }
}
