package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.export.ModelDescription.Output;
import io.heimdall.export.OnnxGraph.NodeAttributes;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a trained network as an ONNX file that takes decibels and gives degrees.
 *
 * <p>Operator set 17, IR version 8, any batch size. With mean {@code m}, deviation {@code s} of the features, network
 * {@code f}, statistics {@code M, S} of the targets and the metres of a degree {@code d} at the plane's origin {@code o}:
 * <pre>{@code
 * (position, sigma) = f((mel_spectrogram - m) / s)                     east, north
 * position[a]       = o[a] + (M[a] + S[a] position[a]) / d[a]          latitude, longitude
 * uncertainty[a]    = sigma_scale S[a] sigma[a] / d[a]
 * }</pre>
 */
public final class OnnxExporter {
    /** Operator set of the files. */
    public static final int OPSET = 17;
    /** Version of the files' container. */
    public static final int IR_VERSION = 8;
    /** Name of the input, decibels, shape (batch, channels, 128, 32). */
    public static final String INPUT = "mel_spectrogram";
    /** Name of the output (batch, 2): latitude and longitude, degrees. */
    public static final String POSITION = "position";
    /** Name of the output (batch, 2): one standard deviation of latitude and longitude, degrees. */
    public static final String UNCERTAINTY = "uncertainty";

    private OnnxExporter() {}

    /**
     * Writes the file, aside and then renamed, so that {@code file} is the old one or the whole new one.
     *
     * @param file in an existing directory
     * @param network its last layer gives position and sigma, standardised
     * @param weights every tensor of the network
     * @throws IllegalArgumentException if a tensor is missing, extra or of another shape, a value is not finite, or the number
     *     of stations is not the number of channels
     * @throws IOException if the file cannot be written; nothing is left behind
     */
    public static void write(Path file, NetworkSpec network, Weights weights, ModelDescription description)
            throws IOException {
        Weights complete = weights.check(network);
        requireFinite(complete);
        int stations = description.input().stations().size();
        if (stations != 0 && stations != network.channels()) {
            throw new IllegalArgumentException(
                    "the network has " + network.channels() + " channels, the description " + stations + " stations");
        }
        GraphProto graph = graph(network, complete, description);
        Map<String, String> metadata = ModelMetadata.write(description, network.name(), complete.sha256());
        ModelProto model = model(graph, metadata);
        OnnxStructure.check(model, file.toString());
        AtomicFiles.write(file, model::writeTo);
    }

    private static void requireFinite(Weights weights) {
        weights.tensors().forEach((name, tensor) -> {
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "tensor '" + name + "' holds " + value + ", which cannot be exported");
                }
            }
        });
    }

    private static GraphProto graph(NetworkSpec network, Weights weights, ModelDescription description) {
        OnnxGraph graph = new OnnxGraph(network.name());
        graph.input(INPUT, network.channels(), network.height(), network.width());
        Input in = description.input();
        String centred = graph.node(
                "Sub", "centred_db", NodeAttributes.none(), INPUT, scalar(graph, "feature_mean_db", in.meanDb()));
        String features = graph.node(
                "Div",
                "features",
                NodeAttributes.none(),
                centred,
                scalar(graph, "feature_deviation_db", in.deviationDb()));
        List<String> outputs = NetworkNodes.add(graph, network, weights, features);
        if (outputs.size() != 2) {
            throw new IllegalArgumentException("network '" + network.name() + "' has " + outputs.size()
                    + " outputs, an export needs two: position and sigma");
        }
        degrees(graph, description.output(), outputs.get(0), outputs.get(1));
        return graph.build();
    }

    /** East and north become latitude and longitude: swapped, scaled, and moved to the origin. */
    private static void degrees(OnnxGraph graph, Output out, String position, String sigma) {
        DegreeScale scale = DegreeScale.of(out);
        String order = graph.indices("north_east", 1, 0);
        NodeAttributes columns = NodeAttributes.none().with("axis", 1);
        String northEast = graph.node("Gather", "position_north_east", columns, position, order);
        String offset = graph.node(
                "Mul",
                "position_offset",
                NodeAttributes.none(),
                northEast,
                pair(graph, "degrees_scale", scale.scale()));
        graph.node("Add", POSITION, NodeAttributes.none(), offset, pair(graph, "degrees_origin", scale.origin()));
        String deviation = graph.node("Gather", "sigma_north_east", columns, sigma, order);
        graph.node(
                "Mul",
                UNCERTAINTY,
                NodeAttributes.none(),
                deviation,
                pair(graph, "degrees_sigma_scale", scale.sigmaScale()));
        graph.output(POSITION, 2);
        graph.output(UNCERTAINTY, 2);
    }

    private static ModelProto model(GraphProto graph, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("heimdall")
                .setDocString("Transmitter position from mel spectrograms in decibels, in degrees with one sigma.")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static String scalar(OnnxGraph graph, String name, double value) {
        return graph.constant(name, FloatTensor.of(new float[] {(float) value}, 1));
    }

    private static String pair(OnnxGraph graph, String name, double[] values) {
        return graph.constant(name, FloatTensor.of(new float[] {(float) values[0], (float) values[1]}, 2));
    }
}
