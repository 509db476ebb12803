package io.heimdall.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.heimdall.model.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Collects the nodes of a graph in the order of their computation. Values are known by their names. */
final class OnnxGraph {
    /** Name of the axis whose length is free. */
    static final String BATCH = "batch";

    private final GraphProto.Builder graph;

    OnnxGraph(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /** Adds a node with one output, which takes the node's name. */
    String node(String operator, String name, NodeAttributes attributes, String... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name);
        for (String input : inputs) {
            node.addInput(input);
        }
        attributes.all().forEach(node::addAttribute);
        graph.addNode(node);
        return name;
    }

    /** Adds a constant of floats. */
    String constant(String name, FloatTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, tensor.values().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        return constant(name, TensorProto.DataType.FLOAT, bytes, tensor.shape());
    }

    /** Adds a constant vector of indices. */
    String indices(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, bytes, values.length);
    }

    private String constant(String name, TensorProto.DataType type, ByteBuffer bytes, int... shape) {
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

    /** Declares an input (batch, shape...) of floats. */
    void input(String name, int... shape) {
        graph.addInput(value(name, shape));
    }

    /** Declares an output (batch, shape...) of floats. */
    void output(String name, int... shape) {
        graph.addOutput(value(name, shape));
    }

    GraphProto build() {
        return graph.build();
    }

    private static ValueInfoProto value(String name, int... shape) {
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
        tensor.getShapeBuilder().addDimBuilder().setDimParam(BATCH);
        for (int length : shape) {
            tensor.getShapeBuilder().addDimBuilder().setDimValue(length);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** The attributes of one node. */
    static final class NodeAttributes {
        private final java.util.List<AttributeProto> all = new java.util.ArrayList<>();

        private NodeAttributes() {}

        static NodeAttributes none() {
            return new NodeAttributes();
        }

        NodeAttributes with(String name, long value) {
            all.add(AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(value)
                    .build());
            return this;
        }

        NodeAttributes with(String name, float value) {
            all.add(AttributeProto.newBuilder()
                    .setName(name)
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(value)
                    .build());
            return this;
        }

        NodeAttributes listed(String name, long... values) {
            AttributeProto.Builder list =
                    AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
            for (long value : values) {
                list.addInts(value);
            }
            all.add(list.build());
            return this;
        }

        java.util.List<AttributeProto> all() {
            return all;
        }
    }
}
