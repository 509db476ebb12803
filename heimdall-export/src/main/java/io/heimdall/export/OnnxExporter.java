package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.heimdall.files.WholeFile;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a trained network as an ONNX file that reads physical units and gives degrees and metres.
 *
 * <p>Operator set 17, IR version 8, any batch size. The formulas of the input, the layers, and the meaning of the output are
 * nodes of the graph. Of a network whose output is an independent normal, with statistics {@code M, S} of the targets and the
 * metres of a degree {@code d} at the plane's origin {@code o}:
 * <pre>{@code
 * position[a]    = o[a] + (M[a] + S[a] position[a]) / d[a]          latitude, longitude
 * uncertainty[a] = sigma_scale S[a] sigma[a] / d[a]
 * }</pre>
 */
public final class OnnxExporter {
    /** Operator set of the files. */
    public static final int OPSET = OnnxStructure.OPSET;
    /** Version of the files' container. */
    public static final int IR_VERSION = OnnxStructure.IR_VERSION;
    /** Name of the output (batch, 2): latitude and longitude of the mean, degrees. */
    public static final String POSITION = OutputNodes.POSITION;
    /** Name of the output (batch, 2): one standard deviation of latitude and longitude, degrees. */
    public static final String UNCERTAINTY = OutputNodes.UNCERTAINTY;
    /** Name of the output (batch, 2, 2): covariance of east and north, square metres. */
    public static final String COVARIANCE = OutputNodes.COVARIANCE;
    /**
     * Name of the output (batch, components, 6) of networks that give a mixture: weight, latitude, longitude, sigma east and
     * sigma north in metres, correlation.
     */
    public static final String MIXTURE = OutputNodes.MIXTURE;

    private OnnxExporter() {}

    /**
     * Writes the file, aside and then renamed, so that {@code file} is the old one or the whole new one.
     *
     * @param file in an existing directory
     * @param network that reads what the description's input makes
     * @param weights every tensor of the network
     * @throws IllegalArgumentException if a tensor is missing, extra or of another shape, a value is not finite, or network and
     *     description do not belong together
     * @throws IOException if the file cannot be written; nothing is left behind
     */
    public static void write(Path file, NetworkSpec network, Weights weights, ModelDescription description)
            throws IOException {
        write(file, new EnsembleMember(network, weights), description);
    }

    /**
     * Writes the file of a network and the evidence beside it, as the other method does.
     *
     * @param alone the network, whose output is a mixture where there is evidence
     * @throws IllegalArgumentException as the other method does
     * @throws IOException as the other method does
     */
    public static void write(Path file, EnsembleMember alone, ModelDescription description) throws IOException {
        NetworkSpec network = alone.network();
        Weights complete = checked(network, alone.weights());
        if (!network.inputs().equals(description.input().networkSpecs())
                || !network.output().equals(description.output())) {
            throw new IllegalArgumentException(
                    "network '" + network.name() + "' reads " + network.inputs() + " and gives "
                            + network.output().text() + ", the description has "
                            + description.input().networkSpecs() + " and "
                            + description.output().text());
        }
        OnnxGraph graph = new OnnxGraph(network.name());
        Map<String, String> inputs = FormulaNodes.add(graph, description.input());
        String numbers = NetworkNodes.add(graph, network, complete, inputs);
        if (alone.pool().isPresent()) {
            OutputNodes.add(graph, description, components(graph, description, numbers, alone.pool(), inputs));
        } else {
            OutputNodes.add(graph, description, numbers);
        }
        write(file, graph, ModelMetadata.write(description, network.name(), complete.sha256()));
    }

    /**
     * Writes a file whose answer is the mixture of its members' answers, as {@link #write} does. The members share the nodes of the
     * input.
     *
     * @param members at least one, all of the same network
     * @param description of the mixture: its output is that of {@link EnsembleMember#output}
     * @throws IllegalArgumentException as {@link #write} does
     */
    public static void writeEnsemble(Path file, List<EnsembleMember> members, ModelDescription description)
            throws IOException {
        NetworkSpec network = members.get(0).network();
        if (!network.inputs().equals(description.input().networkSpecs())
                || !description.output().equals(EnsembleMember.output(network.output(), members.size()))) {
            throw new IllegalArgumentException(members.size() + " networks '" + network.name() + "' read "
                    + network.inputs() + " and give " + network.output().text() + " each, the description has "
                    + description.input().networkSpecs() + " and "
                    + description.output().text());
        }
        OnnxGraph graph = new OnnxGraph(network.name());
        Map<String, String> inputs = FormulaNodes.add(graph, description.input());
        List<MixtureComponents> components = new ArrayList<>();
        for (int k = 0; k < members.size(); k++) {
            EnsembleMember member = members.get(k);
            OnnxGraph own = graph.within(EnsembleMember.prefix(k));
            String numbers = NetworkNodes.add(own, network, checked(network, member.weights()), inputs);
            ModelDescription meaning = new ModelDescription(
                    description.input(), network.output(), description.scale(), description.sigmaScale(), "", Map.of());
            components.add(components(own, meaning, numbers, member.pool(), inputs));
        }
        OutputNodes.add(graph, description, MixtureComponents.joined(graph, components));
        String digest = EnsembleMember.joined(
                        members.stream().map(EnsembleMember::weights).toList())
                .sha256();
        write(file, graph, ModelMetadata.write(description, network.name(), digest));
    }

    /** Evidence is pooled with the network's answer as it is; what is fitted to the pool's errors comes after. */
    private static MixtureComponents components(
            OnnxGraph graph,
            ModelDescription description,
            String numbers,
            Optional<LogPool> pool,
            Map<String, String> inputs) {
        if (pool.isEmpty()) {
            return OutputNodes.components(graph, description, numbers);
        }
        MixtureComponents network = OutputNodes.components(graph, description.withSigmaScale(1), numbers);
        return LogPoolNodes.add(graph, pool.get(), network, inputs).withSigmasTimes(graph, description.sigmaScale());
    }

    private static void write(Path file, OnnxGraph graph, Map<String, String> metadata) throws IOException {
        ModelProto model = model(graph.build(), metadata);
        OnnxStructure.check(model, file.toString());
        WholeFile.write(file, model::writeTo);
    }

    private static Weights checked(NetworkSpec network, Weights weights) {
        Weights complete = weights.check(network);
        requireFinite(complete);
        return complete;
    }

    /** Returns the outputs that files of a network declare, in their order. */
    public static List<TensorSpec> outputs(OutputSpec output) {
        return OutputNodes.specs(output);
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

    private static ModelProto model(GraphProto graph, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("heimdall")
                .setDocString("Transmitter position in degrees with its uncertainty, from what receivers heard.")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }
}
