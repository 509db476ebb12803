package io.heimdall.export;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the values of a graph that are rounded to 8 bits: what layers of constant weights read, what convolutions write, and what is
 * added to that. A value that is only another arrangement of one that is rounded shares its scale, so that nothing is rounded twice.
 */
final class QuantizedValues {
    private static final Set<String> REARRANGING = Set.of("Transpose", "Reshape", "Flatten", "MaxPool");

    private final GraphEdit edit;
    /** The value that the scale is of, by the value that is rounded. */
    private final Map<String, String> roots = new LinkedHashMap<>();

    private QuantizedValues(GraphEdit edit) {
        this.edit = edit;
    }

    /** Returns, for each value that is rounded, the value that its scale is of; the latter are among the former. */
    static Map<String, String> of(GraphEdit edit) {
        QuantizedValues values = new QuantizedValues(edit);
        for (NodeProto node : edit.nodes()) {
            if (isQuantized(edit, node)) {
                values.add(node.getInput(0));
            }
            if (isConvolution(edit, node)) {
                values.add(values.rectified(node));
            } else if (values.addsToAConvolution(node)) {
                node.getInputList().forEach(values::add);
                values.add(values.rectified(node));
            }
        }
        return values.roots;
    }

    /**
     * Returns whether a node is a convolution or a matrix product with constant weights that reads numbers of one kind. What is joined
     * has several units, which one scale does not fit; the last layers, {@code Gemm}, are few.
     */
    static boolean isQuantized(GraphEdit edit, NodeProto node) {
        return LayerWeights.isLayer(node)
                && !node.getOpType().equals("Gemm")
                && edit.floats(node.getInput(1)).isPresent()
                && edit.source(node.getInput(0))
                        .filter(source -> source.getOpType().equals("Concat"))
                        .isEmpty();
    }

    private static boolean isConvolution(GraphEdit edit, NodeProto node) {
        return node.getOpType().equals("Conv") && isQuantized(edit, node);
    }

    private boolean addsToAConvolution(NodeProto node) {
        return node.getOpType().equals("Add")
                && node.getInputList().stream()
                        .allMatch(value -> edit.constant(value).isEmpty())
                && node.getInputList().stream()
                        .anyMatch(value -> edit.source(value)
                                .filter(source -> isConvolution(edit, source))
                                .isPresent());
    }

    /** Returns a node's value, after the rectifier if nothing else reads it: both are one step of 8-bit arithmetic. */
    private String rectified(NodeProto node) {
        List<NodeProto> readers = edit.readersOf(node.getOutput(0));
        boolean alone = readers.size() == 1 && readers.get(0).getOpType().equals("Relu");
        return (alone ? readers.get(0) : node).getOutput(0);
    }

    private String add(String value) {
        String root = edit.source(value)
                .filter(source -> REARRANGING.contains(source.getOpType()))
                .map(source -> add(source.getInput(0)))
                .orElse(value);
        roots.put(value, root);
        return root;
    }
}
