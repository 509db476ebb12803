package io.heimdall.export;

import static io.heimdall.export.OnnxStructure.require;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.heimdall.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The shape of a node's output, by the definitions of operator set 17, for the operators that Heimdall writes. */
final class OnnxShapes {
    /** Length of an axis that is only known at run time. */
    static final int FREE = -1;

    private OnnxShapes() {}

    /**
     * Returns the shape.
     *
     * @param inputs their shapes
     * @param indices the constants that are indices, by their names
     */
    static List<Integer> of(NodeProto node, List<List<Integer>> inputs, Map<String, long[]> indices) {
        require(!inputs.isEmpty(), "node '" + node.getName() + "' has no input");
        List<Integer> x = inputs.get(0);
        return switch (node.getOpType()) {
            case "Conv" -> conv(node, inputs);
            case "MaxPool" -> windows(node, x, x.get(1));
            case "BatchNormalization" -> norm(node, inputs);
            case "Relu", "Softplus" -> x;
            case "Transpose" -> transposed(node, x);
            case "Reshape" -> {
                count(node, inputs, 2);
                yield reshaped(node, x, indices.getOrDefault(node.getInput(1), new long[0]));
            }
            case "GlobalAveragePool" -> {
                rank(node, x, 4);
                yield List.of(x.get(0), x.get(1), 1, 1);
            }
            case "Flatten" -> {
                rank(node, x, 4);
                yield List.of(x.get(0), x.get(1) * x.get(2) * x.get(3));
            }
            case "Gemm" -> gemm(node, inputs);
            case "Gather" -> {
                rank(node, x, 2);
                count(node, inputs, 2);
                yield List.of(x.get(0), inputs.get(1).get(0));
            }
            case "Add", "Sub", "Mul", "Div" -> elementwise(node, inputs);
            default -> {
                require(
                        false,
                        "node '" + node.getName() + "' has operator " + node.getOpType()
                                + ", which Heimdall does not write");
                yield x;
            }
        };
    }

    private static List<Integer> conv(NodeProto node, List<List<Integer>> inputs) {
        count(node, inputs, 2);
        List<Integer> x = inputs.get(0);
        List<Integer> weight = inputs.get(1);
        rank(node, weight, 4);
        rank(node, x, 4);
        require(
                x.get(1).equals(weight.get(1)) && weight.subList(2, 4).equals(attribute(node, "kernel_shape", 1)),
                "node '" + node.getName() + "' has weight " + weight + " and input " + x);
        return windows(node, x, weight.get(0));
    }

    private static List<Integer> windows(NodeProto node, List<Integer> x, int channels) {
        rank(node, x, 4);
        List<Integer> kernel = attribute(node, "kernel_shape", 1);
        List<Integer> strides = attribute(node, "strides", 1);
        List<Integer> pads = attribute(node, "pads", 0);
        require(
                kernel.size() == 2 && strides.size() == 2 && pads.size() == 4,
                "node '" + node.getName() + "' has a window of other than two axes");
        List<Integer> shape = new ArrayList<>(List.of(x.get(0), channels));
        for (int axis = 0; axis < 2; axis++) {
            int length = x.get(2 + axis);
            int padding = pads.get(axis) + pads.get(2 + axis);
            if (length == FREE) { // images below each other: the window must not reach from one into the next
                require(
                        padding == 0 && kernel.get(axis) <= strides.get(axis),
                        "node '" + node.getName() + "' has a window over several images");
                shape.add(FREE);
                continue;
            }
            int room = length + padding - kernel.get(axis);
            require(room >= 0, "node '" + node.getName() + "' has a window larger than its input " + x);
            shape.add(room / strides.get(axis) + 1);
        }
        return shape;
    }

    private static List<Integer> transposed(NodeProto node, List<Integer> x) {
        List<Integer> order = attribute(node, "perm", 0);
        require(
                order.stream().sorted().toList().equals(List.of(0, 1, 2, 3)),
                "node '" + node.getName() + "' has perm " + order + ", which is no order of four axes");
        rank(node, x, 4);
        return order.stream().map(x::get).toList();
    }

    /** One axis is left to what there is: it takes the axis whose length is only known at run time. */
    private static List<Integer> reshaped(NodeProto node, List<Integer> x, long[] target) {
        List<Integer> shape = Arrays.stream(target).mapToObj(Math::toIntExact).toList();
        long known = known(x);
        long wanted = known(shape);
        require(
                Collections.frequency(x, FREE) == 1
                        && Collections.frequency(shape, FREE) == 1
                        && shape.stream().allMatch(length -> length == FREE || length > 0)
                        && (known % wanted == 0 || wanted % known == 0),
                "node '" + node.getName() + "' makes " + shape + " of " + x);
        return shape;
    }

    private static long known(List<Integer> shape) {
        return shape.stream()
                .filter(length -> length != FREE)
                .mapToLong(Integer::longValue)
                .reduce(1, Math::multiplyExact);
    }

    private static List<Integer> norm(NodeProto node, List<List<Integer>> inputs) {
        count(node, inputs, 5);
        List<Integer> x = inputs.get(0);
        for (List<Integer> statistic : inputs.subList(1, 5)) {
            require(
                    statistic.equals(List.of(x.get(1))),
                    "node '" + node.getName() + "' has a statistic of shape " + statistic + " for input " + x);
        }
        return x;
    }

    private static List<Integer> gemm(NodeProto node, List<List<Integer>> inputs) {
        count(node, inputs, 3);
        List<Integer> x = inputs.get(0);
        List<Integer> weight = inputs.get(1);
        rank(node, x, 2);
        rank(node, weight, 2);
        require(
                x.get(1).equals(weight.get(1)) && inputs.get(2).equals(List.of(weight.get(0))),
                "node '" + node.getName() + "' has weight " + weight + ", bias " + inputs.get(2) + " and input " + x);
        return List.of(x.get(0), weight.get(0));
    }

    /** The second input has the first one's shape, or is a vector along its last axis. */
    private static List<Integer> elementwise(NodeProto node, List<List<Integer>> inputs) {
        count(node, inputs, 2);
        List<Integer> x = inputs.get(0);
        List<Integer> y = inputs.get(1);
        require(
                x.equals(y) || y.equals(List.of(1)) || y.equals(List.of(x.get(x.size() - 1))),
                "node '" + node.getName() + "' combines shapes " + x + " and " + y);
        return x;
    }

    private static List<Integer> attribute(NodeProto node, String name, int least) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name) && attribute.getIntsCount() > 0) {
                require(
                        attribute.getIntsList().stream().allMatch(value -> value >= least && value <= 1 << 16),
                        "node '" + node.getName() + "' has " + name + " " + attribute.getIntsList());
                return attribute.getIntsList().stream().map(Math::toIntExact).toList();
            }
        }
        throw new ModelException("node '" + node.getName() + "' has no attribute " + name);
    }

    private static void rank(NodeProto node, List<Integer> shape, int rank) {
        require(
                shape.size() == rank,
                "node '" + node.getName() + "' of operator " + node.getOpType() + " reads shape " + shape
                        + ", expected " + rank + " axes");
    }

    private static void count(NodeProto node, List<List<Integer>> inputs, int count) {
        require(
                inputs.size() == count,
                "node '" + node.getName() + "' of operator " + node.getOpType() + " has " + inputs.size()
                        + " inputs, expected " + count);
    }
}
