package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a model file again so that it reads recordings in the place of their spectrograms: for clients without Heimdall's features.
 *
 * <p>The input {@link #SPECTROGRAM} of shape (batch, stations, bands, columns) becomes {@link #RECORDINGS} of shape (batch, stations,
 * samples, 2): I and Q, full scale 1.0. Everything else stays.
 */
public final class RecordingModel {
    /** Name of the input that is replaced, decibels. */
    public static final String SPECTROGRAM = "mel_spectrogram";
    /** Name of the input that it becomes. */
    public static final String RECORDINGS = "iq";
    /** Key of the metadata that has the samples of each recording. */
    public static final String SAMPLES = "iq_samples";
    /** Key of the metadata that has the rate of the recordings, hertz. */
    public static final String RATE = "iq_sample_rate_hz";

    private RecordingModel() {}

    /**
     * Writes a file, aside and then renamed.
     *
     * @param model that reads spectrograms, of any precision
     * @param name of the model in messages
     * @param out in an existing directory
     * @param front that makes the spectrograms
     * @param sampleRateHz of the recordings
     * @throws IllegalArgumentException if the model reads no spectrograms, or ones of another shape, or its recordings are too long
     * @throws io.heimdall.model.ModelException if it is not a model of Heimdall
     * @throws IOException if a file cannot be read or written
     */
    public static void write(Path model, String name, Path out, FrontEnd front, double sampleRateHz)
            throws IOException {
        ModelProto original = OnnxStructure.read(model);
        OnnxStructure.check(original, name);
        Map<String, String> metadata = new TreeMap<>();
        original.getMetadataPropsList().forEach(pair -> metadata.put(pair.getKey(), pair.getValue()));
        metadata.put(SAMPLES, Integer.toString(front.samples()));
        metadata.put(RATE, Double.toString(sampleRateHz));
        ModelProto.Builder changed = original.toBuilder()
                .setGraph(graph(name, original.getGraph(), front))
                .clearMetadataProps();
        metadata.forEach((key, value) -> changed.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        ModelProto whole = changed.build();
        OnnxStructure.check(whole, name);
        WholeFile.write(out, whole::writeTo);
    }

    private static GraphProto graph(String name, GraphProto original, FrontEnd front) {
        OnnxGraph nodes = new OnnxGraph(original.getName());
        FrontEndNodes.add(nodes, front, RECORDINGS, SPECTROGRAM);
        GraphProto before = nodes.build();
        return original.toBuilder()
                .clearInput()
                .addAllInput(inputs(name, original, front))
                .clearNode()
                .addAllNode(before.getNodeList())
                .addAllNode(original.getNodeList())
                .addAllInitializer(before.getInitializerList())
                .build();
    }

    private static List<ValueInfoProto> inputs(String name, GraphProto graph, FrontEnd front) {
        List<ValueInfoProto> inputs = new ArrayList<>();
        boolean replaced = false;
        for (ValueInfoProto input : graph.getInputList()) {
            List<Dimension> axes = input.getType().getTensorType().getShape().getDimList();
            if (input.getName().equals(SPECTROGRAM)) {
                if (axes.size() != 4
                        || axes.get(2).getDimValue() != front.bands()
                        || axes.get(3).getDimValue() != front.columns()) {
                    throw new IllegalArgumentException(name + " reads spectrograms of other sizes than " + front.bands()
                            + " bands and " + front.columns() + " columns");
                }
                front.checkRoom(Math.max(1, axes.get(1).getDimValue())); // a free number of stations has none
                inputs.add(recordings(input, front));
                replaced = true;
            } else {
                inputs.add(input);
            }
        }
        if (!replaced) {
            throw new IllegalArgumentException(name + " reads "
                    + graph.getInputList().stream().map(ValueInfoProto::getName).toList() + ", and no '" + SPECTROGRAM
                    + "' that recordings could be made into");
        }
        return inputs;
    }

    private static ValueInfoProto recordings(ValueInfoProto spectrogram, FrontEnd front) {
        ValueInfoProto.Builder input = spectrogram.toBuilder().setName(RECORDINGS);
        input.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(2, Dimension.newBuilder().setDimValue(front.samples()))
                .setDim(3, Dimension.newBuilder().setDimValue(2));
        return input.build();
    }

    /**
     * Runs a file and returns the spectrograms within it.
     *
     * @param file written by {@link #write}
     * @param given its inputs by name
     * @return decibels (batch, stations, bands, columns)
     * @throws IOException if the file cannot be read
     */
    public static FloatTensor spectrograms(Path file, Map<String, FloatTensor> given) throws IOException {
        List<FloatTensor> found = new ArrayList<>();
        new WatchedGraph(OnnxStructure.read(file), List.of(SPECTROGRAM))
                .run(file.toAbsolutePath().getParent(), List.of(given), outputs -> found.add(outputs.get(SPECTROGRAM)));
        return found.get(0);
    }
}
