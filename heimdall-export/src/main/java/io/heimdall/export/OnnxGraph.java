package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** Collects the nodes of a graph in the order of their computation. Values are known by their names. */
final class OnnxGraph {
    /** Name of the first axis, whose length is free. */
    static final String BATCH = "batch";

    private final GraphProto.Builder graph;
    private final String prefix;
    private final Set<String> named = new HashSet<>();
    private final Set<String> constants = new HashSet<>();

    OnnxGraph(String name) {
        this(GraphProto.newBuilder().setName(name), "");
    }

    private OnnxGraph(GraphProto.Builder graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    /** Returns this graph for nodes and constants whose names are to begin with a prefix that nothing else has. */
    OnnxGraph within(String newPrefix) {
        return new OnnxGraph(graph, newPrefix);
    }

    /** Adds a node with one output, which takes the node's name, and returns that name, with the prefix of this graph. */
    String node(String operator, String ownName, NodeAttributes attributes, String... inputs) {
        String name = prefix + ownName;
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name);
        for (String input : inputs) {
            node.addInput(input);
        }
        attributes.all().forEach(node::addAttribute);
        graph.addNode(node);
        named.add(name);
        return name;
    }

    /** Adds a node without attributes. */
    String node(String operator, String name, String... inputs) {
        return node(operator, name, NodeAttributes.none(), inputs);
    }

    /** Adds a node unless there is one of that name. */
    String once(String operator, String name, String... inputs) {
        return named.contains(prefix + name) ? prefix + name : node(operator, name, inputs);
    }

    /** Adds a constant of floats; one of the same name is there once. */
    String constant(String name, FloatTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, tensor.values().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        return constant(name, TensorProto.DataType.FLOAT, bytes, tensor.shape());
    }

    /** Adds a constant vector of floats. */
    String vector(String name, double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return constant(name, FloatTensor.of(floats, floats.length));
    }

    /** Adds one float, as a scalar. */
    String scalar(String name, double value) {
        return constant(name, FloatTensor.of(new float[] {(float) value}));
    }

    /** Adds a constant vector of indices. */
    String indices(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    private String constant(String ownName, TensorProto.DataType type, ByteBuffer bytes, int... shape) {
        String name = prefix + ownName;
        if (!constants.add(name)) {
            return name;
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (int length : shape) {
            tensor.addDims(length);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Adds one index, as a scalar. */
    String scalarIndex(String name, long value) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        return constant(name, TensorProto.DataType.INT64, bytes);
    }

    /** Adds the largest values along an axis, in any order. */
    String largest(String ownName, int axis, String value, String count) {
        String name = prefix + ownName;
        graph.addNode(NodeProto.newBuilder()
                .setOpType("TopK")
                .setName(name)
                .addInput(value)
                .addInput(count)
                .addOutput(name)
                .addOutput(name + "_places")
                .addAllAttribute(NodeAttributes.none()
                        .with("axis", (long) axis)
                        .with("sorted", 0L)
                        .all()));
        return name;
    }

    /** Declares an input (batch, axes...). */
    void input(TensorSpec spec) {
        graph.addInput(value(spec));
    }

    /** Declares an output (batch, axes...). */
    void output(TensorSpec spec) {
        graph.addOutput(value(spec));
    }

    GraphProto build() {
        return graph.build();
    }

    private static ValueInfoProto value(TensorSpec spec) {
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type(spec.type()).getNumber());
        tensor.getShapeBuilder().addDimBuilder().setDimParam(BATCH);
        for (Axis axis : spec.axes()) {
            if (axis.isFree()) {
                tensor.getShapeBuilder().addDimBuilder().setDimParam(axis.name());
            } else {
                tensor.getShapeBuilder().addDimBuilder().setDimValue(axis.length());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(spec.name())
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static TensorProto.DataType type(TensorSpec.Type type) {
        return switch (type) {
            case FLOAT -> TensorProto.DataType.FLOAT;
            case FLAG -> TensorProto.DataType.BOOL;
            case WHOLE -> TensorProto.DataType.INT64;
        };
    }
}
