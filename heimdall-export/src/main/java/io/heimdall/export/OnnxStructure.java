package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.heimdall.model.ModelException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the structure of a model file of Heimdall without running it.
 *
 * <p>ONNX Runtime loads files whose nodes are unsorted or whose declared shapes are wrong with no more than a warning;
 * other readers do not. Here the versions, the names of inputs and outputs, the order of the nodes, the size of every
 * constant and the shape of every value, from the input to the declared outputs, must be right.
 */
public final class OnnxStructure {
    /** Larger files are refused before they are read. */
    private static final long LARGEST_BYTES = 1L << 30;

    private OnnxStructure() {}

    /**
     * Checks a file.
     *
     * @throws ModelException naming the file and the first thing that is wrong with it
     * @throws IOException if it cannot be read
     */
    public static void check(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_BYTES) {
            throw new ModelException(
                    file + ": " + bytes + " bytes are more than the " + LARGEST_BYTES + " that a model file may have");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            check(ModelProto.parseFrom(in), file.toString());
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(file + ": not an ONNX file, or cut short (" + e.getMessage() + ")", e);
        }
    }

    static void check(ModelProto model, String file) {
        try {
            versions(model);
            GraphProto graph = model.getGraph();
            Map<String, List<Integer>> shapes = constants(graph);
            List<Integer> input = shape(single(graph.getInputList(), "input", OnnxExporter.INPUT));
            require(
                    input.size() == 4 && input.get(0) == OnnxShapes.FREE,
                    "input has shape " + input + ", expected (batch, channels, mels, frames)");
            shapes.put(OnnxExporter.INPUT, input);
            nodes(graph, shapes);
            outputs(graph, shapes);
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    private static void versions(ModelProto model) {
        require(
                model.getIrVersion() == OnnxExporter.IR_VERSION,
                "IR version " + model.getIrVersion() + ", expected " + OnnxExporter.IR_VERSION);
        require(model.getOpsetImportCount() == 1, model.getOpsetImportCount() + " operator sets, expected one");
        OperatorSetIdProto opset = model.getOpsetImport(0);
        require(
                opset.getDomain().isEmpty() && opset.getVersion() == OnnxExporter.OPSET,
                "operator set '" + opset.getDomain() + "' " + opset.getVersion() + ", expected '' "
                        + OnnxExporter.OPSET);
        Map<String, String> seen = new HashMap<>();
        for (StringStringEntryProto pair : model.getMetadataPropsList()) {
            require(seen.put(pair.getKey(), pair.getValue()) == null, "metadata " + pair.getKey() + " stands twice");
        }
    }

    private static Map<String, List<Integer>> constants(GraphProto graph) {
        Map<String, List<Integer>> shapes = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            List<Integer> shape = new ArrayList<>();
            long elements = 1;
            for (long length : tensor.getDimsList()) {
                require(
                        length > 0 && length < Integer.MAX_VALUE,
                        "constant '" + tensor.getName() + "' has an axis of length " + length);
                shape.add((int) length);
                elements = Math.multiplyExact(elements, length);
            }
            int width = tensor.getDataType() == TensorProto.DataType.INT64.getNumber() ? 8 : 4;
            require(
                    tensor.getRawData().size() == elements * width,
                    "constant '" + tensor.getName() + "' of shape " + shape + " holds "
                            + tensor.getRawData().size() + " bytes, expected " + elements * width);
            require(shapes.put(tensor.getName(), shape) == null, "constant '" + tensor.getName() + "' stands twice");
        }
        return shapes;
    }

    private static Map<String, long[]> indices(GraphProto graph) {
        Map<String, long[]> indices = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == TensorProto.DataType.INT64.getNumber()) {
                long[] values = new long[tensor.getRawData().size() / Long.BYTES];
                tensor.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .get(values);
                indices.put(tensor.getName(), values);
            }
        }
        return indices;
    }

    private static void nodes(GraphProto graph, Map<String, List<Integer>> shapes) {
        Map<String, long[]> indices = indices(graph);
        for (NodeProto node : graph.getNodeList()) {
            List<List<Integer>> inputs = new ArrayList<>();
            for (String input : node.getInputList()) {
                require(
                        shapes.containsKey(input),
                        "node '" + node.getName() + "' reads '" + input + "', which no earlier node computes");
                inputs.add(shapes.get(input));
            }
            require(node.getOutputCount() == 1, "node '" + node.getName() + "' has not one output");
            List<Integer> shape = OnnxShapes.of(node, inputs, indices);
            require(
                    shapes.put(node.getOutput(0), shape) == null,
                    "value '" + node.getOutput(0) + "' is computed twice");
        }
    }

    private static void outputs(GraphProto graph, Map<String, List<Integer>> shapes) {
        require(graph.getOutputCount() == 2, graph.getOutputCount() + " outputs, expected two");
        List<String> names = List.of(OnnxExporter.POSITION, OnnxExporter.UNCERTAINTY);
        for (int i = 0; i < 2; i++) {
            ValueInfoProto output = graph.getOutput(i);
            String name = names.get(i);
            require(output.getName().equals(name), "output '" + output.getName() + "', expected '" + name + "'");
            require(shapes.containsKey(name), "output '" + name + "' is computed by no node");
            List<Integer> declared = shape(output);
            require(
                    declared.equals(List.of(OnnxShapes.FREE, 2)),
                    "output '" + name + "' is declared as " + declared + ", expected (batch, 2)");
            require(
                    shapes.get(name).equals(declared),
                    "output '" + name + "' is declared as " + declared + " and computed as " + shapes.get(name));
        }
    }

    private static ValueInfoProto single(List<ValueInfoProto> values, String what, String name) {
        require(values.size() == 1, values.size() + " " + what + "s, expected one");
        require(
                values.get(0).getName().equals(name),
                what + " '" + values.get(0).getName() + "', expected '" + name + "'");
        return values.get(0);
    }

    private static List<Integer> shape(ValueInfoProto value) {
        require(
                value.getType().getTensorType().getElemType() == TensorProto.DataType.FLOAT.getNumber(),
                "'" + value.getName() + "' is not a tensor of 32-bit floats");
        List<Integer> shape = new ArrayList<>();
        for (Dimension axis : value.getType().getTensorType().getShape().getDimList()) {
            shape.add(axis.hasDimParam() ? OnnxShapes.FREE : Math.toIntExact(axis.getDimValue()));
        }
        return shape;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ModelException(otherwise);
        }
    }
}
