package io.heimdall.model.train;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Samples in memory.
 *
 * @param all every sample, as one batch
 */
public record MemorySamples(Batch all) implements SampleSource {

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public String fingerprint() {
        return size() + " samples "
                + Integer.toHexString(
                        all.inputs().hashCode() * 31 + all.targets().hashCode());
    }

    @Override
    public BatchCursor open(int[] order, int batchSize, long seed) {
        return new BatchCursor() {
            private int read;

            @Override
            public boolean hasNext() {
                return read < order.length;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + order.length + " samples were read");
                }
                int[] rows = Arrays.copyOfRange(order, read, Math.min(order.length, read + batchSize));
                read += rows.length;
                Map<String, FloatTensor> inputs = new LinkedHashMap<>();
                all.inputs().forEach((name, tensor) -> inputs.put(name, gather(tensor, rows)));
                return new Batch(inputs, gather(all.targets(), rows), ids(rows));
            }

            @Override
            public void close() {
                read = order.length;
            }
        };
    }

    private List<String> ids(int[] rows) {
        return IntStream.of(rows).mapToObj(all.sessionIds()::get).toList();
    }

    private static FloatTensor gather(FloatTensor tensor, int[] rows) {
        int[] shape = tensor.shape().clone();
        int length = tensor.values().length / shape[0];
        shape[0] = rows.length;
        FloatTensor out = FloatTensor.zeros(shape);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(tensor.values(), rows[i] * length, out.values(), i * length, length);
        }
        return out;
    }
}
