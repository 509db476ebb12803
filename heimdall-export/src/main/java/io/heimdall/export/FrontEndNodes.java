package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link FrontEnd} as nodes, from recordings (batch, stations, samples, 2) to decibels (batch, stations, bands, columns). */
final class FrontEndNodes {
    private static final double LEAST_POWER = 1e-10;
    private static final String PREFIX = "iq_";

    private final OnnxGraph graph;
    private final FrontEnd front;

    private FrontEndNodes(OnnxGraph graph, FrontEnd front) {
        this.graph = graph;
        this.front = front;
    }

    /**
     * Adds the nodes.
     *
     * @param recordings value of the samples
     * @param spectrogram name of the value that they become
     */
    static void add(OnnxGraph graph, FrontEnd front, String recordings, String spectrogram) {
        FrontEndNodes nodes = new FrontEndNodes(graph, front);
        String flat = nodes.reshaped("flat", recordings, -1, front.samples(), 2);
        String power = nodes.power(nodes.windowed(nodes.frames(flat)));
        String decibels = nodes.present(nodes.decibels(nodes.columns(power)), flat);
        String sizes =
                graph.node("Shape", PREFIX + "sizes", NodeAttributes.none().with("end", 2L), recordings);
        String target = nodes.concat(
                "shape", 0, List.of(sizes, graph.indices(PREFIX + "image", front.bands(), front.columns())));
        graph.node("Reshape", spectrogram, decibels, target);
    }

    /** Cuts recordings into blocks of a hop, and puts as many after one another as a frame spans: (recordings, frames, length, 2). */
    private String frames(String flat) {
        int hop = front.hopSamples();
        int length = front.fftLength();
        int blocks = (length + hop - 1) / hop;
        long whole = (long) (front.frames() - 1 + blocks) * hop;
        long before = length / 2;
        long after = Math.max(0, whole - front.samples() - before);
        String padded =
                graph.node("Pad", PREFIX + "padded", flat, graph.indices(PREFIX + "pads", 0, before, 0, 0, after, 0));
        String exact = before + front.samples() > whole ? slice("exact", padded, 1, 0, whole) : padded;
        String cut = reshaped("blocks", exact, -1, front.frames() - 1 + blocks, hop, 2);
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < blocks; k++) {
            parts.add(slice("block_" + k, cut, 1, k, k + front.frames()));
        }
        String spans = concat("spans", 2, parts);
        return (long) blocks * hop == length ? spans : slice("frames", spans, 2, 0, length);
    }

    private String windowed(String frames) {
        int length = front.fftLength();
        float[] window = new float[length];
        for (int n = 0; n < length; n++) {
            window[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / length));
        }
        String weights = graph.constant(PREFIX + "window", FloatTensor.of(window, length, 1));
        String product = graph.node("Mul", PREFIX + "windowed", frames, weights);
        return reshaped("rows", product, -1, length, 2);
    }

    private String power(String rows) {
        String spectrum =
                graph.node("DFT", PREFIX + "spectrum", NodeAttributes.none().with("axis", 1L), rows);
        String squares = graph.node("Mul", PREFIX + "squares", spectrum, spectrum);
        NodeAttributes gone = NodeAttributes.none().with("keepdims", 0L);
        return graph.node("ReduceSum", PREFIX + "power", gone, squares, graph.indices(PREFIX + "last", -1));
    }

    /** Sums bins to bands, and averages frames: (recordings, bands, columns). */
    private String columns(String power) {
        int bands = front.bands();
        int length = front.fftLength();
        float[] turned = new float[bands * length];
        for (int i = 0; i < turned.length; i++) {
            turned[i % length * bands + i / length] = front.bank().values()[i];
        }
        String sums = graph.node(
                "MatMul",
                PREFIX + "bands",
                power,
                graph.constant(PREFIX + "bank", FloatTensor.of(turned, length, bands)));
        String apart = reshaped("bands_apart", sums, -1, front.frames(), bands);
        String means = graph.node("MatMul", PREFIX + "means", graph.constant(PREFIX + "groups", groups()), apart);
        return graph.node("Transpose", PREFIX + "columns", NodeAttributes.none().listed("perm", 0, 2, 1), means);
    }

    private FloatTensor groups() {
        int frames = front.frames();
        FloatTensor groups = FloatTensor.zeros(front.columns(), frames);
        for (int g = 0; g < front.columns(); g++) {
            int first = (int) ((long) g * frames / front.columns());
            int end = (int) ((g + 1L) * frames / front.columns());
            for (int t = first; t < end; t++) {
                groups.values()[g * frames + t] = 1f / (end - first);
            }
        }
        return groups;
    }

    private String decibels(String power) {
        String floored = graph.node("Max", PREFIX + "floored", power, graph.vector(PREFIX + "least", LEAST_POWER));
        String log = graph.node("Log", PREFIX + "log", floored);
        return graph.node("Mul", PREFIX + "decibels", log, graph.vector(PREFIX + "decibel", 10 / Math.log(10)));
    }

    private String present(String decibels, String flat) {
        if (front.absentDb().isEmpty()) {
            return decibels;
        }
        NodeAttributes kept = NodeAttributes.none().listed("axes", 1, 2).with("keepdims", 1L);
        String largest =
                graph.node("ReduceMax", PREFIX + "largest", kept, graph.node("Abs", PREFIX + "magnitudes", flat));
        String there = graph.node("Greater", PREFIX + "there", largest, graph.vector(PREFIX + "nothing", 0));
        return graph.node(
                "Where",
                PREFIX + "present",
                there,
                decibels,
                graph.vector(PREFIX + "absent", front.absentDb().getAsDouble()));
    }

    private String reshaped(String name, String value, long... shape) {
        return graph.node("Reshape", PREFIX + name, value, graph.indices(PREFIX + name + "_shape", shape));
    }

    private String concat(String name, long axis, List<String> parts) {
        return graph.node(
                "Concat", PREFIX + name, NodeAttributes.none().with("axis", axis), parts.toArray(String[]::new));
    }

    private String slice(String name, String value, long axis, long from, long to) {
        return graph.node(
                "Slice",
                PREFIX + name,
                value,
                graph.indices(PREFIX + name + "_from", from),
                graph.indices(PREFIX + name + "_to", to),
                graph.indices(PREFIX + "axis_" + axis, axis));
    }
}
