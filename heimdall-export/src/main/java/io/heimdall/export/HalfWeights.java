package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the matrices of layers in 16 bits.
 *
 * <p>A {@code Cast} makes 32-bit numbers of them where the file is opened, so all layers compute in 32 bits on every device. Biases,
 * norms and the numbers of formulas stay as they are: they are few.
 */
final class HalfWeights {
    private static final float LARGEST_HALF = 65504;
    private static final int BF16_SHIFT = 16;

    private HalfWeights() {}

    /**
     * Returns the graph with its matrices in 16 bits.
     *
     * @param type {@link DataType#FLOAT16} or {@link DataType#BFLOAT16}
     * @throws IllegalArgumentException naming a weight that is too large for the type
     */
    static GraphProto of(GraphProto graph, DataType type) {
        GraphEdit edit = new GraphEdit(graph);
        List<NodeProto> casts = new ArrayList<>();
        for (String name : matrices(edit)) {
            TensorProto tensor = edit.constant(name).orElseThrow();
            String small = edit.put(name + "_16", type, halves(tensor, type), tensor.getDimsList());
            casts.add(GraphEdit.node("Cast", name, small)
                    .addAllAttribute(NodeAttributes.none()
                            .with("to", (long) DataType.FLOAT.getNumber())
                            .all())
                    .build());
            edit.drop(name);
        }
        edit.nodes().addAll(0, casts);
        return edit.build();
    }

    /** Returns the weights of convolutions and matrix products, also of those that are transposed first. */
    private static Set<String> matrices(GraphEdit edit) {
        Set<String> multiplied = new LinkedHashSet<>();
        for (NodeProto node : edit.nodes()) {
            if (LayerWeights.isLayer(node)) {
                multiplied.add(node.getInput(1));
            }
        }
        Set<String> matrices = new LinkedHashSet<>();
        for (NodeProto node : edit.nodes()) {
            if (node.getOpType().equals("Transpose") && multiplied.contains(node.getOutput(0))) {
                multiplied.add(node.getInput(0));
            }
        }
        for (String value : multiplied) {
            if (edit.floats(value).isPresent()) {
                matrices.add(value);
            }
        }
        return matrices;
    }

    private static ByteBuffer halves(TensorProto tensor, DataType type) {
        float[] values = GraphEdit.floats(tensor);
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (type == DataType.FLOAT16 && Math.abs(value) > LARGEST_HALF) {
                throw new IllegalArgumentException("a weight of '" + tensor.getName() + "' is " + value
                        + ", and the largest of fp16 is " + LARGEST_HALF + "; bf16 has the range of float32");
            }
            bytes.putShort(type == DataType.FLOAT16 ? half(value) : upperHalf(value));
        }
        return bytes.flip();
    }

    /** Returns the nearest number of the format binary16, a tie to the even one. */
    static short half(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24)); // multiples of 2^-24
        }
        int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (112 << 10));
    }

    /** Returns the nearest number of the format bfloat16, a tie to the even one. */
    static short upperHalf(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (bits + 0x7fff + (bits >>> BF16_SHIFT & 1) >>> BF16_SHIFT);
    }
}
