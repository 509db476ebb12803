package io.heimdall.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a model file again with weights of fewer bits. Inputs, outputs, metadata and the meaning of both stay.
 *
 * <p>What a file loses is to be measured on sessions: nothing is compared here.
 *
 * @see <a href="https://arxiv.org/abs/1712.05877">Jacob et al., Quantization and Training of Neural Networks for Efficient
 *     Integer-Arithmetic-Only Inference, 2018</a>
 */
public final class SmallerModel {
    /** Key of the metadata that names the precision; a file of {@link Precision#FLOAT32} has none. */
    public static final String KEY = "precision";

    private SmallerModel() {}

    /**
     * Writes a file, aside and then renamed.
     *
     * @param model in 32-bit floating point, written by {@link OnnxExporter}
     * @param out in an existing directory
     * @param precision any but {@link Precision#FLOAT32}
     * @param calibration what a client may give, each of shape (batch, axes...): of {@link Precision#INT8}, the values between the layers
     *     that are beyond those of these batches are cut off; not looked at otherwise
     * @throws IllegalArgumentException if the file has another precision already, a weight does not fit, or there is no batch
     * @throws io.heimdall.model.ModelException if it is not a model of Heimdall
     * @throws IOException if a file cannot be read or written
     */
    public static void write(Path model, Path out, Precision precision, List<Map<String, FloatTensor>> calibration)
            throws IOException {
        ModelProto original = OnnxStructure.read(model);
        OnnxStructure.check(original, model.toString());
        for (StringStringEntryProto pair : original.getMetadataPropsList()) {
            if (pair.getKey().equals(KEY)) {
                throw new IllegalArgumentException(model + " is of " + pair.getValue() + " already, expected float32");
            }
        }
        GraphProto graph = switch (precision) {
            case FP16 -> HalfWeights.of(original.getGraph(), DataType.FLOAT16);
            case BF16 -> HalfWeights.of(original.getGraph(), DataType.BFLOAT16);
            case INT8 -> quantized(original, calibration, out.toAbsolutePath().getParent());
            case FLOAT32 -> throw new IllegalArgumentException(model + " is of " + precision + " already");
        };
        ModelProto smaller =
                described(original, precision).toBuilder().setGraph(graph).build();
        OnnxStructure.check(smaller, out.toString());
        WholeFile.write(out, smaller::writeTo);
    }

    private static GraphProto quantized(ModelProto original, List<Map<String, FloatTensor>> calibration, Path directory)
            throws IOException {
        if (calibration.isEmpty()) {
            throw new IllegalArgumentException("int8 needs sessions to calibrate with, and there is none");
        }
        GraphProto folded = FoldedWeights.of(original.getGraph());
        Map<String, String> roots = QuantizedValues.of(new GraphEdit(folded));
        Set<String> watched = new TreeSet<>(roots.values());
        Map<String, ActivationRange> ranges = new TreeMap<>();
        new WatchedGraph(original.toBuilder().setGraph(folded).build(), watched)
                .run(
                        directory,
                        calibration,
                        outputs -> watched.forEach(value -> ranges.merge(
                                value, ActivationRange.of(outputs.get(value).values()), ActivationRange::with)));
        return QuantizedGraph.of(folded, roots, ranges);
    }

    /** The metadata stay in the order of their keys. */
    private static ModelProto described(ModelProto original, Precision precision) {
        ModelProto.Builder model = original.toBuilder();
        List<StringStringEntryProto> pairs = new ArrayList<>(original.getMetadataPropsList());
        pairs.add(StringStringEntryProto.newBuilder()
                .setKey(KEY)
                .setValue(precision.text())
                .build());
        pairs.sort(Comparator.comparing(StringStringEntryProto::getKey));
        return model.clearMetadataProps().addAllMetadataProps(pairs).build();
    }
}
