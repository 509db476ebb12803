package io.heimdall.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.Layer.Named;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.output.IndependentNormalOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the resources were written by PyTorch 2.7.1. */
class PretrainedBackboneTest {
    @TempDir
    Path folder;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                PretrainedBackboneTest.class.getResource("/weights/" + name).toURI());
    }

    /** A backbone with the tensors of the files: one convolution of any number of channels, and its norm. */
    private static NetworkSpec network(int channels) {
        var backbone = new Layer.Sequence(List.of(
                new Named("conv1", new Operation.Conv2d(channels, 2, 2, 1, 0)),
                new Named("bn1", Operation.BatchNorm.of(2))));
        var head = new Layer.Sequence(List.of(new Named("position_head", new Operation.Linear(2, 2))));
        return new NetworkSpec(
                "tiny",
                List.of(TensorSpec.floats("features", channels, 4, 4)),
                new Layer.Sequence(List.of(
                        new Named("backbone", backbone),
                        new Named("", new Operation.GlobalAveragePool()),
                        new Named("", head))),
                new IndependentNormalOutput(),
                Map.of());
    }

    private static float[] values(Weights weights, String name) {
        return weights.tensors().get(name).values();
    }

    @Test
    void stateDictsOfPyTorchAreReadWhateverTheirTypesAndStrides() throws Exception {
        var backbone = PretrainedBackbone.read(resource("state.pth"));
        Weights weights = backbone.weights();
        assertThat(weights.tensors().keySet())
                .containsExactly(
                        "conv1.weight",
                        "bn1.weight",
                        "bn1.bias",
                        "bn1.running_mean",
                        "bn1.running_var",
                        "fc.weight",
                        "fc.bias");
        float[] convolution = values(weights, "conv1.weight");
        assertThat(weights.tensors().get("conv1.weight").shape()).containsExactly(2, 3, 2, 2);
        for (int i = 0; i < 24; i++) {
            assertThat(convolution[i]).isEqualTo(i / 8f);
        }
        assertThat(values(weights, "bn1.weight")).containsExactly(1.5f, -2f);
        assertThat(values(weights, "bn1.bias")).containsExactly(0.5f, 65504f);
        assertThat(values(weights, "bn1.running_mean")).containsExactly(0.25f, -3f);
        assertThat(values(weights, "bn1.running_var")).containsExactly(1.25f, 1 / 3f);
        assertThat(weights.tensors().get("fc.weight").shape()).containsExactly(4, 3);
        assertThat(values(weights, "fc.weight")).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        assertThat(values(weights, "fc.bias")).containsExactly(6, 10);
        assertThat(backbone.sha256())
                .isEqualTo(java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(Files.readAllBytes(resource("state.pth")))));
        assertThat(backbone.provenance())
                .containsEntry("pretrained_file", "state.pth")
                .containsEntry("pretrained_sha256", backbone.sha256());
    }

    @Test
    void stateDictInACheckpointIsFound() throws Exception {
        assertThat(PretrainedBackbone.read(resource("checkpoint.pth")).weights())
                .isEqualTo(PretrainedBackbone.read(resource("state.pth")).weights());
    }

    @Test
    void safetensorsGiveTheSame() throws Exception {
        var expected = PretrainedBackbone.read(resource("state.pth")).weights();
        Path file = folder.resolve("state.safetensors");
        Safetensors.write(file, expected);
        assertThat(PretrainedBackbone.read(file).weights()).isEqualTo(expected);
    }

    @Test
    void firstConvolutionIsAdaptedToTheChannels() throws Exception {
        var backbone = PretrainedBackbone.read(resource("state.pth"));
        for (int channels : new int[] {1, 2, 3, 7}) {
            NetworkSpec network = network(channels);
            Weights initial = Weights.initial(network, 4);
            Weights result = backbone.into(network, initial);
            float[] adapted = values(result, "backbone.conv1.weight");
            for (int out = 0; out < 2; out++) {
                for (int i = 0; i < 4; i++) {
                    float sum = 0;
                    for (int c = 0; c < 3; c++) {
                        sum += (out * 12 + c * 4 + i) / 8f;
                    }
                    for (int c = 0; c < channels; c++) {
                        float repeated = (out * 12 + c % 3 * 4 + i) / 8f * (float) (3.0 / channels);
                        assertThat(adapted[(out * channels + c) * 4 + i]).isEqualTo(channels == 1 ? sum : repeated);
                    }
                }
            }
            assertThat(values(result, "backbone.bn1.weight")).containsExactly(1.5f, -2f);
            assertThat(result.tensors().get("position_head.weight"))
                    .isEqualTo(initial.tensors().get("position_head.weight"));
        }
    }

    @Test
    void backboneOfAnotherNetworkIsRefusedByName() throws Exception {
        var backbone = PretrainedBackbone.read(resource("state.pth"));
        NetworkSpec resnet = LocalizationNet.resnet18(3);
        assertThatThrownBy(() -> backbone.into(resnet, Weights.initial(resnet, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no backbone of resnet18")
                .hasMessageContaining("conv1.weight has shape [2, 3, 2, 2] instead of [64, 3, 7, 7]");
        Map<String, FloatTensor> more = new LinkedHashMap<>(backbone.weights().tensors());
        more.put("layer9.weight", FloatTensor.zeros(1));
        var extra = new PretrainedBackbone(backbone.file(), backbone.sha256(), new Weights(more));
        assertThatThrownBy(() -> extra.into(network(3), Weights.initial(network(3), 1)))
                .hasMessageContaining("layer9.weight is not in the network");
        more.remove("layer9.weight");
        more.remove("bn1.bias");
        var less = new PretrainedBackbone(backbone.file(), backbone.sha256(), new Weights(more));
        assertThatThrownBy(() -> less.into(network(3), Weights.initial(network(3), 1)))
                .hasMessageContaining("bn1.bias is missing");
    }

    @Test
    void nothingOfAPickleIsExecuted() throws Exception {
        assertThatThrownBy(() -> PretrainedBackbone.read(resource("evil.pth")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it asks for posix.system")
                .hasMessageContaining("nothing of it was run");
    }

    @Test
    void otherFilesAreRefusedWithAReason() throws Exception {
        refused(resource("legacy.pth"), "before PyTorch 1.6");
        refused(folder.resolve("none.pth"), "there is no such file");
        refused(Files.writeString(folder.resolve("text.pth"), "some text, and long enough"), "no safetensors file");
        refused(Files.write(folder.resolve("short.pth"), new byte[] {1, 2, 3}), "too few");
        refused(Files.writeString(folder.resolve("cut.pth"), "PK and then something else"), "no zip file");
        refused(archive(Map.of("a/other", new byte[1])), "has no data.pkl");
        byte[] empty = {(byte) 0x80, 2, '}', '.'};
        refused(
                archive(Map.of("a/data.pkl", empty, "a/byteorder", "big".getBytes(StandardCharsets.US_ASCII))),
                "little");
    }

    @Test
    void picklesThatAreNotWholeOrNotWeightsAreRefused() throws Exception {
        byte[] good = pickle("conv1.weight", "FloatStorage", 4, 0, 2, 2, 2, 1);
        byte[] data = new byte[16];
        assertThat(TorchArchive.read(archive(Map.of("a/data.pkl", good, "a/data/0", data)))
                        .tensors())
                .containsOnlyKeys("conv1.weight");
        for (int length = 0; length < good.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(good, length);
            refused(archive(Map.of("a/data.pkl", cut, "a/data/0", data)), "pickle");
        }
        refused(archive(Map.of("a/data.pkl", good, "a/data/0", new byte[15])), "has 15 bytes, expected 16");
        refused(archive(Map.of("a/data.pkl", good)), "no entry in the zip file, expected 16");
        refused(archive(pickle("w", "FloatStorage", 4, 1, 2, 2, 2, 1), 16), "does not lie within its storage");
        refused(archive(pickle("w", "FloatStorage", 4, 0, 2, 2, 3, 1), 16), "does not lie within its storage");
        refused(archive(pickle("w", "FloatStorage", 4, 0, 60_000, 60_000, 0, 0), 16), "larger than the file");
        refused(archive(pickle("w", "LongStorage", 2, 0, 1, 2, 1, 1), 16), "tensor w holds integers");
        refused(archive(pickle("w", "ComplexFloatStorage", 2, 0, 1, 2, 1, 1), 16), "torch.ComplexFloatStorage");
        refused(archive(new byte[] {(byte) 0x80, 2, 'N', '.'}, 16), "not a dictionary of tensors");
        refused(
                archive(new byte[] {(byte) 0x80, 2, '}', 'X', 1, 0, 0, 0, 'w', 'K', 1, 's', '.'}, 16),
                "w is no tensor");
        refused(archive(new byte[] {(byte) 0x80, 2, 'i', '.'}, 16), "instruction 0x69");
        refused(archive(new byte[] {(byte) 0x80, 2, 'X', -1, -1, -1, 127, '.'}, 16), "a text of 2147483647 bytes");
    }

    @Test
    void compressedEntriesAreRefused() throws Exception {
        Path file = folder.resolve("bomb.pth");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(new byte[1 << 20]);
        }
        refused(file, "compressed");
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() -> PretrainedBackbone.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private Path archive(byte[] pickle, int dataBytes) throws IOException {
        return archive(Map.of("a/data.pkl", pickle, "a/data/0", new byte[dataBytes]));
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        Path file = Files.createTempFile(folder, "archive", ".pth");
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (var entry : entries.entrySet()) {
                var crc = new CRC32();
                crc.update(entry.getValue());
                var header = new ZipEntry(entry.getKey());
                header.setSize(entry.getValue().length);
                header.setCrc(crc.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    /** The pickle of one tensor of two axes, as torch.save writes it. */
    private static byte[] pickle(
            String name, String storage, int elements, int offset, int rows, int columns, int rowStride, int stride)
            throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x80, 2});
        out.write("ccollections\nOrderedDict\n)R(".getBytes(StandardCharsets.US_ASCII));
        text(out, name);
        out.write("ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(StandardCharsets.US_ASCII));
        text(out, "storage");
        out.write(("ctorch\n" + storage + "\n").getBytes(StandardCharsets.US_ASCII));
        text(out, "0");
        text(out, "cpu");
        integer(out, elements);
        out.write("tQ".getBytes(StandardCharsets.US_ASCII));
        integer(out, offset);
        integer(out, rows);
        integer(out, columns);
        out.write(0x86);
        integer(out, rowStride);
        integer(out, stride);
        out.write(0x86);
        out.write(0x89);
        out.write("ccollections\nOrderedDict\n)RtRu.".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        out.write('X');
        out.write(new byte[] {(byte) text.length(), 0, 0, 0});
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void integer(ByteArrayOutputStream out, int value) {
        out.write('J');
        for (int i = 0; i < 4; i++) {
            out.write(value >> 8 * i);
        }
    }
}
