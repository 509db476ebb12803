package io.heimdall.model.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.SetNet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** PyTorch's values for the network on sets, and the batches that they belong to, each a pure function of its name. */
public final class SetCases {
    private SetCases() {}

    /** Returns the cases by name. */
    public static Map<String, JsonNode> cases() {
        try (InputStream in = SetCases.class.getResourceAsStream("/parity/set.json")) {
            Map<String, JsonNode> cases = new LinkedHashMap<>();
            new ObjectMapper().readTree(in).get("cases").properties().forEach(c -> cases.put(c.getKey(), c.getValue()));
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the network of a case, without dropout. */
    public static NetworkSpec network(JsonNode golden) {
        return new SetNet(
                        golden.get("stations_known").asInt(),
                        golden.get("width").asInt(),
                        golden.get("blocks").asInt(),
                        4,
                        golden.get("components").asInt(),
                        0,
                        Optional.empty())
                .network("set");
    }

    /** Returns the batch of a step. */
    public static Batch batch(JsonNode golden, int step) {
        return batch(
                golden.get("stations_known").asInt(),
                golden.get("stations_padded").asInt(),
                golden.get("batch").asInt(),
                step);
    }

    /** Returns a batch of sessions of some known stations, filled up to a number. */
    static Batch batch(int known, int stations, int rows, int step) {
        int n = rows * stations;
        float[] inService = new float[n];
        float[] heard = new float[n];
        float[] recorded = new float[n];
        float[] octaves = new float[n];
        float[] index = new float[n];
        float[] u = values("in_service", step, n);
        float[] h = values("heard", step, n);
        float[] r = values("recorded", step, n);
        float[] o = values("octaves", step, rows);
        for (int i = 0; i < n; i++) {
            boolean first = i % stations == 0;
            boolean service = first || u[i] < 0.7f;
            boolean heardIt = first || service && h[i] < 0.6f;
            inService[i] = service ? 1 : 0;
            heard[i] = heardIt ? 1 : 0;
            recorded[i] = heardIt && r[i] < 0.4f ? 1 : 0;
            octaves[i] = o[i / stations];
            index[i] = Math.min(i % stations, known);
        }
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(SetNet.STATISTICS, statistics(values("mel", step, n * 128 * 32), heard, recorded, rows, stations));
        inputs.put(SetNet.HEARD, FloatTensor.of(heard, rows, stations, 1));
        inputs.put(SetNet.RECORDED, FloatTensor.of(recorded, rows, stations, 1));
        inputs.put(SetNet.IN_SERVICE, FloatTensor.of(inService, rows, stations, 1));
        inputs.put(SetNet.OCTAVES, FloatTensor.of(octaves, rows, stations, 1));
        float[] place = values("place", step, 2 * n);
        for (int i = 0; i < place.length; i++) {
            place[i] *= 2;
        }
        inputs.put(SetNet.PLACE, FloatTensor.of(place, rows, stations, 2));
        inputs.put(SetNet.INDEX, FloatTensor.of(index, rows, stations, 1));
        return new Batch(
                inputs,
                FloatTensor.of(values("targets", step, 2 * rows), rows, 2),
                IntStream.range(0, rows).mapToObj(i -> "session-" + i).toList());
    }

    private static float[] values(String name, int step, int count) {
        return SyntheticTensors.uniform(name + "." + step, count);
    }

    /** The definition, of spectrograms 30 u - 70 dB, standardised by -70 and 10. */
    static FloatTensor statistics(float[] u, float[] heard, float[] recorded, int rows, int stations) {
        FloatTensor out = FloatTensor.zeros(rows, stations, 6);
        for (int i = 0; i < heard.length; i++) {
            double[] s = statistics(u, i * 128 * 32);
            for (int k = 0; k < 6; k++) {
                float kept = k == 0 ? heard[i] : recorded[i];
                out.values()[6 * i + k] = kept * (float) ((s[k] + 70) / 10);
            }
        }
        return out;
    }

    private static double[] statistics(float[] u, int offset) {
        double[] bands = new double[128];
        double[] frames = new double[32];
        for (int band = 0; band < 128; band++) {
            for (int frame = 0; frame < 32; frame++) {
                float decibels = 30 * u[offset + band * 32 + frame] - 70;
                double power = Math.pow(10, decibels / 10.0);
                bands[band] += power / 32;
                frames[frame] += power / 128;
            }
        }
        double total = Arrays.stream(bands).average().orElseThrow();
        double mean = Arrays.stream(bands).map(SetCases::decibels).average().orElseThrow();
        double[] sorted = bands.clone();
        Arrays.sort(sorted);
        return new double[] {
            decibels(total),
            decibels(sorted[16]),
            decibels(sorted[64]),
            decibels(sorted[127]),
            mean,
            decibels(Arrays.stream(frames).max().orElseThrow())
        };
    }

    private static double decibels(double power) {
        return 10 * Math.log10(power);
    }
}
