package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the layers of a graph for 8-bit arithmetic: pairs of {@code QuantizeLinear} and {@code DequantizeLinear} around them, which
 * ONNX Runtime replaces by layers of whole numbers. A program that does not gets the same numbers in 32 bits.
 *
 * <p>Formulas of the input, norms of sets, attention, the last layers and the meaning of the output stay in 32 bits.
 */
final class QuantizedGraph {
    /** A bias is a whole number of 32 bits, and sums of products are added to it. */
    private static final double LARGEST_BIAS = 1 << 30;

    private final GraphEdit edit;
    /** Of each value that is rounded: the one that its scale is of. */
    private final Map<String, String> roots;

    private final Map<String, ActivationRange> ranges;
    private final List<NodeProto> written = new ArrayList<>();
    private final Set<String> weightsWritten = new HashSet<>();
    private final Map<String, LayerWeights> weights = new HashMap<>();

    private QuantizedGraph(GraphEdit edit, Map<String, String> roots, Map<String, ActivationRange> ranges) {
        this.edit = edit;
        this.roots = roots;
        this.ranges = ranges;
    }

    /**
     * Returns the graph.
     *
     * @param folded by {@link FoldedWeights}
     * @param roots by {@link QuantizedValues}
     * @param ranges of the roots
     */
    static GraphProto of(GraphProto folded, Map<String, String> roots, Map<String, ActivationRange> ranges) {
        GraphEdit edit = new GraphEdit(folded);
        QuantizedGraph graph = new QuantizedGraph(edit, roots, ranges);
        folded.getInputList().forEach(input -> graph.round(input.getName()));
        List.copyOf(edit.nodes()).forEach(graph::write);
        edit.nodes().clear();
        edit.nodes().addAll(graph.written);
        return edit.build();
    }

    private void write(NodeProto node) {
        NodeProto.Builder copy = node.toBuilder();
        if (QuantizedValues.isQuantized(edit, node)) {
            LayerWeights rounded = weights(node);
            copy.setInput(1, rounded.name() + LayerWeights.VALUE);
            if (node.getInputCount() > 2) {
                copy.setInput(2, bias(node, rounded));
            }
        }
        for (int i = 0; i < copy.getInputCount(); i++) {
            if (roots.containsKey(copy.getInput(i))) {
                copy.setInput(i, copy.getInput(i) + "_rounded");
            }
        }
        written.add(copy.build());
        node.getOutputList().forEach(this::round);
    }

    private LayerWeights weights(NodeProto node) {
        String name = node.getInput(1);
        LayerWeights rounded = weights.computeIfAbsent(name, key -> {
            TensorProto tensor = edit.constant(key).orElseThrow();
            int axis = node.getOpType().equals("Conv") ? 0 : 1;
            return LayerWeights.of(tensor, axis, leastScales(key, Math.toIntExact(tensor.getDims(axis))));
        });
        if (weightsWritten.add(name)) {
            rounded.add(edit, written);
        }
        return rounded;
    }

    /** Of a channel whose weights are nearly 0, a bias in units of their own scale would have more than 32 bits. */
    private double[] leastScales(String name, int channels) {
        double[] least = new double[channels];
        for (NodeProto node : edit.readersOf(name)) {
            if (QuantizedValues.isQuantized(edit, node) && node.getInputCount() > 2) {
                float[] bias = edit.floats(node.getInput(2)).orElseThrow();
                double unit = LARGEST_BIAS * range(node.getInput(0)).scale();
                for (int c = 0; c < channels; c++) {
                    least[c] = Math.max(least[c], Math.abs(bias[c]) / unit);
                }
            }
        }
        return least;
    }

    /** A bias is added to sums of products, so its scale is the product of both scales. */
    private String bias(NodeProto node, LayerWeights rounded) {
        float[] bias = edit.floats(node.getInput(2)).orElseThrow();
        float input = range(node.getInput(0)).scale();
        float[] scales = new float[bias.length];
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * bias.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < bias.length; c++) {
            scales[c] = input * rounded.scales()[c];
            numbers.putInt((int) Math.rint((double) bias[c] / scales[c]));
        }
        String value = node.getInput(2) + "_rounded";
        edit.put(value + "_int32", DataType.INT32, numbers.flip(), List.of((long) bias.length));
        edit.put(value + "_scale", scales, List.of((long) bias.length));
        written.add(GraphEdit.node("DequantizeLinear", value, value + "_int32", value + "_scale")
                .addAllAttribute(NodeAttributes.none().with("axis", 0L).all())
                .build());
        return value;
    }

    private ActivationRange range(String value) {
        return ranges.get(roots.get(value));
    }

    private void round(String value) {
        if (!roots.containsKey(value)) {
            return;
        }
        String root = roots.get(value);
        String scale = edit.put(root + "_step", new float[] {range(value).scale()}, List.of());
        ByteBuffer zero = ByteBuffer.allocate(1).put(0, (byte) range(value).zero());
        String origin = edit.put(root + "_zero", DataType.UINT8, zero, List.of());
        written.add(GraphEdit.node("QuantizeLinear", value + "_uint8", value, scale, origin)
                .build());
        written.add(GraphEdit.node("DequantizeLinear", value + "_rounded", value + "_uint8", scale, origin)
                .build());
    }
}
