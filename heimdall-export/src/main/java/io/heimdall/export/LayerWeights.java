package io.heimdall.export;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * The weights of a layer as whole numbers with one scale for each output channel.
 *
 * <p>They are of -{@value #LARGEST}..{@value #LARGEST}, half of what 8 bits hold: processors without VNNI add two products of 8-bit
 * numbers in 16 bits, which overflows with larger ones, so the answer of the file would depend on the processor.
 *
 * @param name of the weights
 * @param shape of the weights
 * @param axis of the output channels
 * @param numbers whole
 * @param scales of the channels: weight = scale * number
 */
record LayerWeights(String name, List<Long> shape, int axis, byte[] numbers, float[] scales) {
    /** Magnitude of the largest number. */
    static final int LARGEST = 64;

    /** What the name of the weights, as they are multiplied, ends in. */
    static final String VALUE = "_weights";

    private static final Set<String> LAYERS = Set.of("Conv", "MatMul", "Gemm");

    /** Returns whether a node multiplies by weights, its second input, if this is a constant. */
    static boolean isLayer(NodeProto node) {
        return LAYERS.contains(node.getOpType());
    }

    /**
     * Rounds weights; a channel of zeros has scale 1.
     *
     * @param least the least scale of each channel
     */
    static LayerWeights of(TensorProto tensor, int axis, double[] least) {
        float[] weights = GraphEdit.floats(tensor);
        List<Long> shape = tensor.getDimsList();
        int channels = Math.toIntExact(shape.get(axis));
        int inner =
                Math.toIntExact(shape.subList(axis + 1, shape.size()).stream().reduce(1L, Math::multiplyExact));
        float[] scales = new float[channels];
        for (int i = 0; i < weights.length; i++) {
            int channel = i / inner % channels;
            scales[channel] = Math.max(scales[channel], Math.abs(weights[i]) / LARGEST);
        }
        for (int c = 0; c < channels; c++) {
            scales[c] = Math.max(scales[c] == 0 ? 1 : scales[c], (float) least[c]);
        }
        byte[] numbers = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            long number = Math.round((double) weights[i] / scales[i / inner % channels]);
            numbers[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, number));
        }
        return new LayerWeights(tensor.getName(), shape, axis, numbers, scales);
    }

    /** Adds the numbers, their scales and the node that multiplies them: its value is named as the weights and {@link #VALUE}. */
    void add(GraphEdit edit, List<NodeProto> nodes) {
        String value = name + VALUE;
        edit.put(value + "_int8", DataType.INT8, ByteBuffer.wrap(numbers), shape);
        edit.put(value + "_scale", scales, List.of((long) scales.length));
        edit.put(value + "_zero", DataType.INT8, ByteBuffer.allocate(scales.length), List.of((long) scales.length));
        nodes.add(GraphEdit.node("DequantizeLinear", value, value + "_int8", value + "_scale", value + "_zero")
                .addAllAttribute(NodeAttributes.none().with("axis", (long) axis).all())
                .build());
    }
}
