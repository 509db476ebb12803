package io.heimdall.model.weights;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights of a backbone that was trained for another task, such as torchvision's ResNets on ImageNet.
 *
 * <p>It is read from safetensors or from PyTorch's zip {@code .pth}, by the file's content, without executing code.
 *
 * @param file as it was given
 * @param sha256 of the file, 64 lower-case hex digits, for the records of the run
 * @param weights by torchvision's names ({@code layer1.0.conv1.weight}) or with the prefix {@code backbone.}
 */
public record PretrainedBackbone(Path file, String sha256, Weights weights) {
    private static final String PREFIX = "backbone.";
    private static final String FIRST = PREFIX + "conv1.weight";
    private static final int RGB = 3;

    /**
     * Reads a file.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static PretrainedBackbone read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnusableFileException(file.toString(), file + ": there is no such file of weights");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = Arrays.copyOf(in.readNBytes(9), 9);
        }
        // what a pickle begins with; a safetensors file of that header length has a brace behind it
        boolean pickle = head[0] == (byte) 0x80 && head[1] == 2 && head[2] == (byte) 0x8a && head[8] != '{';
        if (pickle) {
            throw new UnusableFileException(
                    file.toString(),
                    file + ": a .pth file of before PyTorch 1.6; save it again with a newer one:"
                            + " torch.save(torch.load(file), newFile)");
        }
        boolean zip = head[0] == 'P' && head[1] == 'K';
        return new PretrainedBackbone(file, digest(file), zip ? TorchArchive.read(file) : Safetensors.read(file));
    }

    private static String digest(Path file) throws IOException {
        var digest = Weights.sha256Digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns {@code initial} with this backbone in the place of its own.
     *
     * <p>The first convolution, made for 3 channels, is adapted to the network's as timm does: for one channel its
     * weights are summed, for more they are repeated and scaled by {@code 3 / channels}. The file's last layer
     * ({@code fc}) is left out; the heads stay those of {@code initial}.
     *
     * @throws IllegalArgumentException naming the tensors that are missing, extra or of another shape
     */
    public Weights into(NetworkSpec network, Weights initial) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(initial.tensors());
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> {
            String full = name.startsWith(PREFIX) ? name : PREFIX + name;
            boolean other =
                    name.startsWith("fc.") || name.startsWith("position_head.") || name.startsWith("uncertainty_head.");
            if (!other) {
                given.put(full, tensor);
            }
        });
        var faults = new ArrayList<String>();
        for (ParameterSpec spec : network.parameters()) {
            if (spec.name().startsWith(PREFIX)) {
                FloatTensor tensor = given.remove(spec.name());
                if (tensor != null && spec.name().equals(FIRST)) {
                    tensor = adapted(tensor, spec.shape()[1]);
                }
                if (tensor == null) {
                    faults.add(spec.name().substring(PREFIX.length()) + " is missing");
                } else if (!Arrays.equals(tensor.shape(), spec.shape())) {
                    faults.add(spec.name().substring(PREFIX.length()) + " has shape " + Arrays.toString(tensor.shape())
                            + " instead of " + Arrays.toString(spec.shape()));
                } else {
                    tensors.put(spec.name(), tensor);
                }
            }
        }
        given.keySet().forEach(name -> faults.add(name.substring(PREFIX.length()) + " is not in the network"));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " holds no backbone of " + network.name() + ": " + Weights.firstOf(faults));
        }
        return new Weights(tensors).check(network);
    }

    /** The first convolution (out, 3, kernel, kernel) for another number of channels; others are given back as they are. */
    private static FloatTensor adapted(FloatTensor weight, int channels) {
        int[] shape = weight.shape();
        if (shape.length != 4 || shape[1] == channels || shape[1] != RGB) {
            return weight;
        }
        int window = shape[2] * shape[3];
        FloatTensor adapted = FloatTensor.zeros(shape[0], channels, shape[2], shape[3]);
        float scale = channels == 1 ? 1 : (float) (3.0 / channels);
        for (int out = 0; out < shape[0]; out++) {
            for (int channel = 0; channel < (channels == 1 ? RGB : channels); channel++) {
                int from = (out * RGB + channel % RGB) * window;
                int to = (out * channels + channel % channels) * window;
                for (int i = 0; i < window; i++) {
                    adapted.values()[to + i] += scale * weight.values()[from + i];
                }
            }
        }
        return adapted;
    }

    /** Returns what a run should remember of where its backbone came from. */
    public Map<String, String> provenance() {
        return Map.of("pretrained_file", String.valueOf(file.getFileName()), "pretrained_sha256", sha256);
    }
}
