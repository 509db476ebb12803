package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes and constants of a graph that is being changed. Inputs and outputs stay. */
final class GraphEdit {
    private final GraphProto original;
    private final List<NodeProto> nodes;
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();

    GraphEdit(GraphProto original) {
        this.original = original;
        this.nodes = new ArrayList<>(original.getNodeList());
        original.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    }

    /** Returns the nodes in the order of their computation; a list that may be changed. */
    List<NodeProto> nodes() {
        return nodes;
    }

    /** Returns a constant, where a value is one. */
    Optional<TensorProto> constant(String value) {
        return Optional.ofNullable(constants.get(value));
    }

    /** Returns the numbers of a constant of 32-bit floating point, where a value is one. */
    Optional<float[]> floats(String value) {
        return constant(value)
                .filter(tensor -> tensor.getDataType() == DataType.FLOAT.getNumber())
                .map(GraphEdit::floats);
    }

    static float[] floats(TensorProto tensor) {
        ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Adds a constant, in place of one of the same name. */
    String put(String name, DataType type, ByteBuffer littleEndian, List<Long> shape) {
        constants.put(
                name,
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(type.getNumber())
                        .setRawData(ByteString.copyFrom(littleEndian))
                        .addAllDims(shape)
                        .build());
        return name;
    }

    /** Adds a constant of 32-bit floating point, in place of one of the same name. */
    String put(String name, float[] values, List<Long> shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return put(name, DataType.FLOAT, bytes, shape);
    }

    /** Takes a constant away. */
    void drop(String name) {
        constants.remove(name);
    }

    /** Returns the nodes that read a value. */
    List<NodeProto> readersOf(String value) {
        return nodes.stream()
                .filter(node -> node.getInputList().contains(value))
                .toList();
    }

    /** Returns the node that computes a value; empty for constants and inputs. */
    Optional<NodeProto> source(String value) {
        return nodes.stream()
                .filter(node -> node.getOutputList().contains(value))
                .findFirst();
    }

    /** Returns the graph, without the constants that nothing reads any more. */
    GraphProto build() {
        Set<String> read =
                nodes.stream().flatMap(node -> node.getInputList().stream()).collect(Collectors.toSet());
        return original.toBuilder()
                .clearNode()
                .clearInitializer()
                .addAllNode(nodes)
                .addAllInitializer(constants.values().stream()
                        .filter(tensor -> read.contains(tensor.getName()))
                        .toList())
                .build();
    }

    /** Returns a node with one output, which has the node's name. */
    static NodeProto.Builder node(String operator, String name, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addOutput(name)
                .addAllInput(List.of(inputs));
    }
}
