package io.heimdall.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.heimdall.model.backend.SweepProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What PyTorch lets oneDNN compute, as oneDNN itself lists it ({@code ONEDNN_VERBOSE}): the shapes do not depend on the processor,
 * though the kernels for them do.
 */
class OneDnnPrimitivesTest {
    /** The kernel, what it computes, and the shape. */
    private static final Pattern CONVOLUTION =
            Pattern.compile("onednn_verbose,.*,exec,cpu,convolution,([^,]+,[^,]+),.*,(mb[^,]+),.*");

    private static final Predicate<String> OF_ONE_PIXEL =
            Pattern.compile("kh1s.*kw1s").asPredicate();

    @TempDir
    Path folder;

    @Test
    void noNetworkGivesItAConvolutionOfOnePixel() throws Exception {
        List<String> convolutions = convolutions(
                SweepProcess.builder(folder.resolve("hs_err.log"), SweepProcess.Extent.EACH, new DjlBackend()));

        assertThat(convolutions)
                .anyMatch(line -> line.contains("forward_training") && line.contains("kh3sh2"))
                .anyMatch(line -> line.contains("backward_weights") && line.contains("kh3sh2"))
                .anyMatch(line -> line.contains("backward_data") && line.contains("kh3sh2"))
                .noneMatch(OF_ONE_PIXEL);
    }

    @Test
    void aConvolutionOfOnePixelWouldBeSeen() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OneDnnPrimitivesTest.class.getName());

        assertThat(convolutions(builder)).hasSize(1).allMatch(OF_ONE_PIXEL);
    }

    /** Computes one, in a process of its own. */
    public static void main(String[] args) {
        new DjlBackend().probe();
        PyTorchEngine.THREAD.call(() -> {
            try (NDManager manager = PyTorchEngine.engine().newBaseManager()) {
                Shape two = new Shape(2, 2);
                return Conv2d.conv2d(
                                manager.ones(new Shape(2, 16, 8, 8)), manager.ones(new Shape(8, 16, 1, 1)), null, two)
                        .head()
                        .toFloatArray();
            }
        });
    }

    private static List<String> convolutions(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.environment().put("ONEDNN_VERBOSE", "1");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return CONVOLUTION
                .matcher(said)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .distinct()
                .toList();
    }
}
