package io.heimdall.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final NetworkSpec NETWORK = LocalizationNet.resnet18(7);

    @Test
    void convolutionsStartAsTorchvisionsDo() {
        Weights weights = Weights.initial(NETWORK, 1);
        assertNormal(weights.tensors().get("backbone.conv1.weight"), Math.sqrt(2.0 / (64 * 49)));
        assertNormal(weights.tensors().get("backbone.layer2.0.conv1.weight"), Math.sqrt(2.0 / (128 * 9)));
        assertNormal(weights.tensors().get("backbone.layer4.0.downsample.0.weight"), Math.sqrt(2.0 / 512));
    }

    private static void assertNormal(FloatTensor tensor, double deviation) {
        float[] x = tensor.values();
        double mean =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
        double variance = IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] * x[i])
                .average()
                .orElseThrow();
        double inside = IntStream.range(0, x.length)
                .filter(i -> Math.abs(x[i]) < deviation)
                .count();
        double error = 5 / Math.sqrt(x.length); // five standard errors, and more
        assertThat(mean / deviation).isCloseTo(0, within(error));
        assertThat(Math.sqrt(variance) / deviation).isCloseTo(1, within(error));
        assertThat(inside / x.length).isCloseTo(0.6827, within(error));
    }

    @Test
    void linearLayersStartAsPyTorchsDo() {
        Map<String, FloatTensor> tensors = Weights.initial(NETWORK, 1).tensors();
        for (String head : new String[] {"position_head", "uncertainty_head"}) {
            assertUniform(tensors.get(head + ".0.weight").values(), 1 / Math.sqrt(512));
            assertUniform(tensors.get(head + ".0.bias").values(), 1 / Math.sqrt(512));
            assertUniform(tensors.get(head + ".4.bias").values(), 1 / Math.sqrt(128));
            assertUniform(tensors.get(head + ".8.weight").values(), 1 / Math.sqrt(64));
        }
    }

    private static void assertUniform(float[] values, double bound) {
        double largest = IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElseThrow();
        assertThat(largest).isBetween(0.85 * bound, bound);
    }

    @Test
    void batchNormsStartAsTheIdentity() {
        Map<String, FloatTensor> tensors = Weights.initial(NETWORK, 1).tensors();
        assertThat(tensors.get("backbone.bn1.weight").values()).containsOnly(1f);
        assertThat(tensors.get("backbone.bn1.bias").values()).containsOnly(0f);
        assertThat(tensors.get("backbone.bn1.running_mean").values()).containsOnly(0f);
        assertThat(tensors.get("backbone.bn1.running_var").values()).containsOnly(1f);
    }

    @Test
    void sameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        NetworkSpec small = LocalizationNet.small(3);
        String first = Weights.initial(small, 42).sha256();
        assertThat(Weights.initial(small, 42).sha256()).isEqualTo(first);
        assertThat(Weights.initial(small, 43).sha256()).isNotEqualTo(first);
        // the value itself: a change here means that old runs cannot be repeated
        float[] draws = Weights.initial(small, 42)
                .tensors()
                .get("backbone.conv1.weight")
                .values();
        assertThat(Arrays.copyOf(draws, 3)).containsExactly(0.22365618f, 0.03988439f, -0.011710635f);
    }

    @Test
    void digestIsTheOneThatItsDefinitionGives() throws Exception {
        var tensors = new LinkedHashMap<String, FloatTensor>();
        tensors.put("b", FloatTensor.of(new float[] {Float.NaN, -0f}, 2));
        tensors.put("a", FloatTensor.of(new float[20_000], 2, 10_000));
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("a [2, 10000]\n".getBytes(StandardCharsets.UTF_8));
        digest.update(new byte[80_000]);
        digest.update("b [2]\n".getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(Float.NaN)
                .putFloat(-0f)
                .array());
        assertThat(new Weights(tensors).sha256()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void checkPutsTensorsIntoTheNetworksOrder() {
        NetworkSpec small = LocalizationNet.small(3);
        Weights weights = Weights.initial(small, 1);
        var reversed = new LinkedHashMap<String, FloatTensor>();
        var names = weights.tensors().keySet().toArray(String[]::new);
        for (int i = names.length - 1; i >= 0; i--) {
            reversed.put(names[i], weights.tensors().get(names[i]));
        }
        assertThat(new Weights(reversed).check(small).tensors().keySet()).containsExactly(names);
    }

    @Test
    void checkNamesWhatDoesNotFit() {
        NetworkSpec small = LocalizationNet.small(3);
        var tensors =
                new LinkedHashMap<>(Weights.initial(LocalizationNet.small(7), 1).tensors());
        tensors.remove("position_head.8.bias");
        tensors.put("fc.weight", FloatTensor.zeros(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weights(tensors).check(small))
                .withMessage("these are not weights of small of input [[batch, 3, 128, 32]]: "
                        + "backbone.conv1.weight has shape [8, 7, 5, 5] instead of [8, 3, 5, 5], "
                        + "position_head.8.bias is missing, fc.weight is not in the network");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weights(Map.of()).check(small))
                .withMessageEndingWith(" more");
    }
}
