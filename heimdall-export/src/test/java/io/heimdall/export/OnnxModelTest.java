package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.InputSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
    @TempDir
    static Path directory;

    private static Path file;

    @BeforeAll
    static void export() throws IOException {
        file = directory.resolve("model.onnx");
        OnnxExporter.write(file, TinyNetwork.SPEC, TinyNetwork.weights(TinyNetwork.SPEC, 1), Descriptions.LITHUANIA);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> OnnxModel.open(directory.resolve("none.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("none.onnx: there is no such model file");
    }

    @Test
    void aFileThatIsNoModelIsNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("text.onnx"), "this is not a model");
        assertThatThrownBy(() -> OnnxModel.open(text))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("text.onnx: ONNX Runtime cannot load it");
        assertThatThrownBy(() -> OnnxModel.open(file, 0)).hasMessage("threads 0 is not at least 1");
    }

    @Test
    void aModelOfSomeoneElseIsRefused() throws IOException {
        Path foreign = rewritten("foreign.onnx", null, "");
        assertThatThrownBy(() -> OnnxModel.open(foreign))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("foreign.onnx: the model has no metadata heimdall.format_version");
    }

    @Test
    void aModelOfANewerReleaseIsRefused() throws IOException {
        Path newer = rewritten("newer.onnx", "heimdall.format_version", "2");
        assertThatThrownBy(() -> OnnxModel.open(newer))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("newer.onnx: the model has format version 2, this program reads version 1");
    }

    @Test
    void damagedMetadataIsNamed() throws IOException {
        Path number = rewritten("number.onnx", "heimdall.sigma_scale", "one");
        assertThatThrownBy(() -> OnnxModel.open(number))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("heimdall.sigma_scale is 'one', not a number");
        Path range = rewritten("range.onnx", "heimdall.sigma_scale", "-1");
        assertThatThrownBy(() -> OnnxModel.open(range))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("sigmaScale -1.0 is not a finite number above 0");
        Path output = rewritten("output.onnx", "heimdall.output", "cauchy");
        assertThatThrownBy(() -> OnnxModel.open(output))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("output \"cauchy\" is not known");
    }

    @Test
    void aParameterOfTheInputDoesNotTakeAKeyOfTheFormat() {
        ModelDescription plain = Descriptions.LITHUANIA;
        InputSpec input = plain.input();
        ModelDescription taken = new ModelDescription(
                new InputSpec(input.producer(), Map.of("sigma_scale", "2"), input.given(), input.network()),
                plain.output(),
                plain.scale(),
                1,
                "",
                Map.of());
        assertThatThrownBy(() -> ModelMetadata.write(taken, "small", "ab"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an input has a parameter 'sigma_scale'");
    }

    @Test
    void predictionsFromManyThreadsAreThoseOfOne() throws IOException {
        Map<String, FloatTensor> decibels = TinyNetwork.decibels(2, 2, 9);
        try (OnnxModel localizer = OnnxModel.open(file, 2)) {
            List<Location> alone = localizer.predict(decibels);
            assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> localizer.predict(decibels)))
                    .allMatch(alone::equals);
        }
    }

    @Test
    void theNativeLibraryIsUnpackedOnce() throws IOException {
        String platform = OnnxRuntimeLibrary.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path cache = directory.resolve("cache");
        Path first = OnnxRuntimeLibrary.unpack(platform, cache);
        List<Path> libraries;
        try (var files = Files.list(first)) {
            libraries = files.toList();
        }
        assertThat(libraries).hasSize(2);
        Object written = Files.getLastModifiedTime(libraries.get(0));
        assertThat(OnnxRuntimeLibrary.unpack(platform, cache)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(libraries.get(0))).isEqualTo(written);
        Files.write(libraries.get(0), new byte[10]);
        OnnxRuntimeLibrary.unpack(platform, cache);
        assertThat(Files.size(libraries.get(0))).isGreaterThan(10);
        assertThatThrownBy(() -> OnnxRuntimeLibrary.unpack("linux-vax", cache))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no library for linux-vax");
        assertThat(OnnxRuntimeLibrary.platform("Mac OS X", "aarch64")).isEqualTo("osx-aarch64");
        assertThat(OnnxRuntimeLibrary.platform("Windows 11", "amd64")).isEqualTo("win-x64");
    }

    /** Copies the model with one piece of metadata changed, or without any. */
    private static Path rewritten(String name, String key, String value) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
        List<StringStringEntryProto> pairs = List.copyOf(model.getMetadataPropsList());
        model.clearMetadataProps();
        for (StringStringEntryProto pair : pairs) {
            if (key != null) {
                model.addMetadataProps(
                        pair.getKey().equals(key)
                                ? pair.toBuilder().setValue(value).build()
                                : pair);
            }
        }
        return Files.write(directory.resolve(name), model.build().toByteArray());
    }
}
