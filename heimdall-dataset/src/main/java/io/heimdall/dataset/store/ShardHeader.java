package io.heimdall.dataset.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.features.spectrum.FeatureParameters;
import java.util.List;

/**
 * What the header of a shard says.
 *
 * @param parameters of all its features
 * @param count number of entries
 * @param precision of the features
 */
record ShardHeader(FeatureParameters parameters, int count, Precision precision) {
    private static final String FORMAT = "heimdall-features-1";

    /** No writer makes larger ones; what a header says is checked before memory is taken. */
    private static final int MOST_ENTRIES = 1 << 16;

    byte[] bytes() {
        return header().bytes();
    }

    private TensorHeader header() {
        return new TensorHeader(
                FORMAT,
                parameters.canonical(),
                List.of(
                        TensorHeader.Tensor.of(
                                "features",
                                precision.dtype(),
                                precision.bytes(),
                                count,
                                parameters.mels(),
                                parameters.frames()),
                        TensorHeader.Tensor.of("keys", "U8", 1, count, FeatureKey.BYTES),
                        TensorHeader.Tensor.of("checksums", "U32", Integer.BYTES, count)));
    }

    static ShardHeader parse(String file, byte[] header) throws DamagedFileException {
        JsonNode json = TensorHeader.json(file, header);
        JsonNode features = json.path("features");
        int count = features.path("shape").path(0).asInt();
        String dtype = features.path("dtype").asText();
        try {
            ShardHeader parsed = new ShardHeader(
                    FeatureParameters.parse(
                            json.path("__metadata__").path("parameters").asText()),
                    count,
                    dtype.equals(Precision.FLOAT16.dtype()) ? Precision.FLOAT16 : Precision.FLOAT32);
            if (count < 1 || count > MOST_ENTRIES) {
                throw new DamagedFileException(
                        file, "its number of entries " + count + " is not in 1.." + MOST_ENTRIES);
            }
            if (!Shard.isPossible(count, (long) parsed.parameters.mels() * parsed.parameters.frames())) {
                throw new DamagedFileException(file, "its features cannot have the shape of " + parsed.parameters);
            }
            parsed.header().check(file, header);
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new DamagedFileException(file, e.getMessage());
        }
    }

    Shard shard(String id) {
        return new Shard(id, count, parameters.mels() * parameters.frames(), precision);
    }
}
