package io.heimdall.model.weights;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a network: tensors by PyTorch's names, in the order of PyTorch's state dict.
 *
 * @param tensors not to be written to
 */
public record Weights(Map<String, FloatTensor> tensors) {
    private static final int DIGEST_CHUNK_VALUES = 16_384;

    /** Copies the map, not the tensors. */
    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Returns the weights that a new network starts from: torchvision's initialisation of ResNet, PyTorch's of the rest.
     *
     * <pre>{@code
     * convolution    N(0, 2 / (out * kernel * kernel))
     * linear         weight and bias U(-1 / sqrt(in), 1 / sqrt(in))
     * embedding      N(0, 1)
     * batch norm     weight 1, bias 0, running mean 0, running variance 1
     * }</pre>
     *
     * <p>Every value is a function of seed, tensor name and index alone, the same on every machine.
     */
    public static Weights initial(NetworkSpec network, long seed) {
        return new Weights(InitialWeights.of(network, seed));
    }

    /**
     * Checks that these are weights of {@code network}.
     *
     * @return the same tensors in the network's order
     * @throws IllegalArgumentException naming the tensors that are missing, extra or of another shape
     */
    public Weights check(NetworkSpec network) {
        var ordered = new LinkedHashMap<String, FloatTensor>();
        var faults = new ArrayList<String>();
        for (ParameterSpec spec : network.parameters()) {
            FloatTensor tensor = tensors.get(spec.name());
            if (tensor == null) {
                faults.add(spec.name() + " is missing");
            } else if (!Arrays.equals(tensor.shape(), spec.shape())) {
                faults.add(spec.name() + " has shape " + Arrays.toString(tensor.shape()) + " instead of "
                        + Arrays.toString(spec.shape()));
            } else {
                ordered.put(spec.name(), tensor);
            }
        }
        var known = network.parameters().stream().map(ParameterSpec::name).toList();
        tensors.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(name + " is not in the network"));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("these are not weights of " + network.name() + " of input "
                    + network.inputs() + ": " + firstOf(faults));
        }
        return new Weights(ordered);
    }

    static String firstOf(List<String> faults) {
        int shown = Math.min(5, faults.size());
        String rest = faults.size() > shown ? " and " + (faults.size() - shown) + " more" : "";
        return String.join(", ", faults.subList(0, shown)) + rest;
    }

    /**
     * Returns the SHA-256 of every bit of every value, in 64 lower-case hex digits.
     *
     * <p>Over the tensors in the order of their names: the name, a space and the shape as {@code [2, 3]} with a line
     * feed, in UTF-8; then the values as little-endian 32-bit floats.
     */
    public String sha256() {
        MessageDigest digest = sha256Digest();
        ByteBuffer chunk =
                ByteBuffer.allocate(DIGEST_CHUNK_VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new TreeMap<>(tensors).forEach((name, tensor) -> {
            String heading = name + " " + Arrays.toString(tensor.shape()) + "\n";
            digest.update(heading.getBytes(StandardCharsets.UTF_8));
            float[] values = tensor.values();
            for (int from = 0; from < values.length; from += DIGEST_CHUNK_VALUES) {
                int count = Math.min(DIGEST_CHUNK_VALUES, values.length - from);
                chunk.clear();
                chunk.asFloatBuffer().put(values, from, count);
                digest.update(chunk.limit(count * Float.BYTES));
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
