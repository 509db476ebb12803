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
import io.heimdall.model.input.Axis;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the structure of one of Heimdall's model files without running it.
 *
 * <p>ONNX Runtime loads files with unsorted nodes and only warns; other readers refuse them. This check requires the
 * right versions, names of inputs and outputs, order of nodes and size of every constant. Running the file checks the
 * declared shapes of the outputs, see {@link BackendAgreement}.
 */
public final class OnnxStructure {
    /** Operator set of the files. */
    static final int OPSET = 17;
    /** Version of the files' container. */
    static final int IR_VERSION = 8;

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
        check(read(file), file.toString());
    }

    /** Returns the shapes of the outputs that a file declares, a free axis as {@link Axis#FREE}. */
    static Map<String, int[]> declaredOutputs(Path file) throws IOException {
        Map<String, int[]> shapes = new HashMap<>();
        for (ValueInfoProto output : read(file).getGraph().getOutputList()) {
            shapes.put(
                    output.getName(),
                    output.getType().getTensorType().getShape().getDimList().stream()
                            .mapToInt(axis -> axis.hasDimParam() ? Axis.FREE : Math.toIntExact(axis.getDimValue()))
                            .toArray());
        }
        return shapes;
    }

    static ModelProto read(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_BYTES) {
            throw new ModelException(
                    file + ": " + bytes + " bytes are more than the " + LARGEST_BYTES + " that a model file may have");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    file.toString(), file + ": not an ONNX file, or cut short (" + e.getMessage() + ")", e, false);
        }
    }

    static void check(ModelProto model, String file) {
        try {
            versions(model);
            GraphProto graph = model.getGraph();
            Set<String> values = constants(graph);
            for (ValueInfoProto input : graph.getInputList()) {
                checkDeclared(input, "input");
                require(values.add(input.getName()), "input '" + input.getName() + "' stands twice");
            }
            require(graph.getInputCount() > 0, "it has no input");
            nodes(graph, values);
            outputs(graph, values);
        } catch (ModelException e) {
            throw new ModelException(file, file + ": " + e.getMessage(), e, false);
        }
    }

    private static void versions(ModelProto model) {
        require(model.getIrVersion() == IR_VERSION, "IR version " + model.getIrVersion() + ", expected " + IR_VERSION);
        require(model.getOpsetImportCount() == 1, model.getOpsetImportCount() + " operator sets, expected one");
        OperatorSetIdProto opset = model.getOpsetImport(0);
        require(
                opset.getDomain().isEmpty() && opset.getVersion() == OPSET,
                "operator set '" + opset.getDomain() + "' " + opset.getVersion() + ", expected '' " + OPSET);
        Map<String, String> seen = new HashMap<>();
        for (StringStringEntryProto pair : model.getMetadataPropsList()) {
            require(seen.put(pair.getKey(), pair.getValue()) == null, "metadata " + pair.getKey() + " stands twice");
        }
    }

    private static Set<String> constants(GraphProto graph) {
        Set<String> names = new HashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            long elements = 1;
            for (long length : tensor.getDimsList()) {
                require(
                        length > 0 && length < Integer.MAX_VALUE,
                        "constant '" + tensor.getName() + "' has an axis of length " + length);
                elements = Math.multiplyExact(elements, length);
            }
            int width = width(tensor);
            require(
                    tensor.getRawData().size() == elements * width,
                    "constant '" + tensor.getName() + "' of shape " + tensor.getDimsList() + " holds "
                            + tensor.getRawData().size() + " bytes, expected " + elements * width);
            require(names.add(tensor.getName()), "constant '" + tensor.getName() + "' stands twice");
        }
        return names;
    }

    /** Returns the bytes of one element. */
    private static int width(TensorProto tensor) {
        return switch (tensor.getDataType()) {
            case TensorProto.DataType.INT64_VALUE -> Long.BYTES;
            case TensorProto.DataType.FLOAT16_VALUE, TensorProto.DataType.BFLOAT16_VALUE -> Short.BYTES;
            case TensorProto.DataType.INT8_VALUE, TensorProto.DataType.UINT8_VALUE -> Byte.BYTES;
            default -> Float.BYTES;
        };
    }

    private static void nodes(GraphProto graph, Set<String> values) {
        for (NodeProto node : graph.getNodeList()) {
            for (String input : node.getInputList()) {
                require(
                        values.contains(input),
                        "node '" + node.getName() + "' reads '" + input + "', which no earlier node computes");
            }
            require(node.getOutputCount() > 0, "node '" + node.getName() + "' has no output");
            for (String output : node.getOutputList()) {
                require(values.add(output), "value '" + output + "' is computed twice");
            }
        }
    }

    private static void outputs(GraphProto graph, Set<String> values) {
        Set<String> names = new HashSet<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            checkDeclared(output, "output");
            require(values.contains(output.getName()), "output '" + output.getName() + "' is computed by no node");
            require(names.add(output.getName()), "output '" + output.getName() + "' stands twice");
        }
        for (String name : List.of(OutputNodes.POSITION, OutputNodes.UNCERTAINTY)) {
            require(names.contains(name), "it has no output '" + name + "', but " + names);
        }
    }

    private static void checkDeclared(ValueInfoProto value, String what) {
        List<Dimension> axes = value.getType().getTensorType().getShape().getDimList();
        require(
                !axes.isEmpty() && axes.get(0).getDimParam().equals(OnnxGraph.BATCH),
                what + " '" + value.getName() + "' has not the free first axis '" + OnnxGraph.BATCH + "'");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ModelException(otherwise);
        }
    }
}
