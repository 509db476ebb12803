package io.heimdall.export;

import static io.heimdall.export.OnnxStructure.require;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;

/** The shape of a node's output, by the definitions of operator set 17, for the operators that Heimdall writes. */
final class OnnxShapes {
    /** Length of an axis that is only known at run time. */
    static final int FREE = -1;

    private OnnxShapes() {}

    static List<Integer> of(NodeProto node, List<List<Integer>> inputs) {
        require(!inputs.isEmpty(), "node '" + node.getName() + "' has no input");
        List<Integer> x = inputs.get(0);
        return switch (node.getOpType()) {
            case "Conv" -> conv(node, inputs);
            case "MaxPool" -> windows(node, x, x.get(1));
            case "BatchNormalization" -> norm(node, inputs);
            case "Relu", "Softplus" -> x;
            case "Transpose" -> {
                rank(node, x, 4);
                require(
                        order(node).equals(List.of(0L, 1L, 3L, 2L)),
                        "node '" + node.getName() + "' exchanges other axes than height and width: " + order(node));
                yield List.of(x.get(0), x.get(1), x.get(3), x.get(2));
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
                x.get(1).equals(weight.get(1)) && weight.get(2) == attribute(node, "kernel_shape"),
                "node '" + node.getName() + "' has weight " + weight + " and input " + x);
        return windows(node, x, weight.get(0));
    }

    private static List<Integer> windows(NodeProto node, List<Integer> x, int channels) {
        rank(node, x, 4);
        List<Integer> shape = new ArrayList<>(List.of(x.get(0), channels));
        for (int axis = 2; axis < 4; axis++) {
            int room = x.get(axis) + 2 * attribute(node, "pads") - attribute(node, "kernel_shape");
            require(room >= 0, "node '" + node.getName() + "' has a window larger than its input " + x);
            shape.add(room / attribute(node, "strides") + 1);
        }
        return shape;
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

    private static List<Long> order(NodeProto node) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("perm"))
                .map(AttributeProto::getIntsList)
                .findFirst()
                .orElse(List.of());
    }

    private static int attribute(NodeProto node, String name) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name) && attribute.getIntsCount() > 0) {
                long first = attribute.getInts(0);
                require(
                        attribute.getIntsList().stream().allMatch(value -> value == first)
                                && first >= (name.equals("pads") ? 0 : 1)
                                && first <= 1 << 16,
                        "node '" + node.getName() + "' has " + name + " " + attribute.getIntsList());
                return (int) first;
            }
        }
        require(false, "node '" + node.getName() + "' has no attribute " + name);
        return 0;
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
