package io.heimdall.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;

/**
 * Computes once what a file of 32-bit numbers lets ONNX Runtime compute when it is opened: batch norms become part of the weights of the
 * convolution before them, and transposed matrices are written transposed. Weights that are to be rounded have to be in the file as they
 * are multiplied.
 */
final class FoldedWeights {
    private static final double USUAL_EPSILON = 1e-5;

    private final GraphEdit edit;

    private FoldedWeights(GraphEdit edit) {
        this.edit = edit;
    }

    /** Returns a graph that computes the same. */
    static GraphProto of(GraphProto graph) {
        FoldedWeights folding = new FoldedWeights(new GraphEdit(graph));
        folding.norms();
        folding.transposes();
        return folding.edit.build();
    }

    private void norms() {
        for (NodeProto norm : List.copyOf(edit.nodes())) {
            if (norm.getOpType().equals("BatchNormalization")) {
                edit.source(norm.getInput(0))
                        .filter(node -> node.getOpType().equals("Conv"))
                        .filter(node -> edit.floats(node.getInput(1)).isPresent())
                        .filter(node -> edit.readersOf(node.getOutput(0)).size() == 1)
                        .ifPresent(conv -> fold(conv, norm));
            }
        }
    }

    /** norm(conv(x)) = conv'(x): each output channel is a multiple of what it was, and shifted. */
    private void fold(NodeProto conv, NodeProto norm) {
        float[] factor = edit.floats(norm.getInput(1)).orElseThrow();
        float[] shift = edit.floats(norm.getInput(2)).orElseThrow();
        float[] mean = edit.floats(norm.getInput(3)).orElseThrow();
        float[] variance = edit.floats(norm.getInput(4)).orElseThrow();
        double epsilon = attribute(norm, "epsilon")
                .map(AttributeProto::getF)
                .map(Float::doubleValue)
                .orElse(USUAL_EPSILON);
        TensorProto kernels = edit.constant(conv.getInput(1)).orElseThrow();
        float[] weights = GraphEdit.floats(kernels);
        float[] bias = new float[factor.length];
        int inner = weights.length / factor.length;
        for (int channel = 0; channel < factor.length; channel++) {
            double multiple = factor[channel] / Math.sqrt(variance[channel] + epsilon);
            double own =
                    conv.getInputCount() > 2 ? edit.floats(conv.getInput(2)).orElseThrow()[channel] : 0;
            bias[channel] = (float) (shift[channel] + (own - mean[channel]) * multiple);
            for (int i = channel * inner; i < (channel + 1) * inner; i++) {
                weights[i] = (float) (weights[i] * multiple);
            }
        }
        String name = conv.getName();
        NodeProto folded = conv.toBuilder()
                .clearInput()
                .addInput(conv.getInput(0))
                .addInput(edit.put(name + "_kernels", weights, kernels.getDimsList()))
                .addInput(edit.put(name + "_bias", bias, List.of((long) bias.length)))
                .setOutput(0, norm.getOutput(0))
                .build();
        edit.nodes().set(edit.nodes().indexOf(conv), folded);
        edit.nodes().remove(norm);
    }

    private void transposes() {
        for (NodeProto node : List.copyOf(edit.nodes())) {
            Optional<TensorProto> matrix = edit.constant(node.getInput(0)).filter(tensor -> tensor.getDimsCount() == 2);
            boolean turned = node.getOpType().equals("Transpose")
                    && attribute(node, "perm")
                            .map(AttributeProto::getIntsList)
                            .filter(List.of(1L, 0L)::equals)
                            .isPresent();
            if (turned && matrix.isPresent()) {
                edit.put(
                        node.getOutput(0),
                        transposed(matrix.get()),
                        List.of(matrix.get().getDims(1), matrix.get().getDims(0)));
                edit.nodes().remove(node);
            }
        }
    }

    private static float[] transposed(TensorProto matrix) {
        float[] from = GraphEdit.floats(matrix);
        int rows = Math.toIntExact(matrix.getDims(0));
        int columns = Math.toIntExact(matrix.getDims(1));
        float[] to = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            to[i % columns * rows + i / columns] = from[i];
        }
        return to;
    }

    private static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
