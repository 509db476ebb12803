package io.heimdall.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the processor time that a recording costs on its way into the feature store: its digest, its features, its entry.
 *
 * <p>Arguments: {@code FOLDER RECORDINGS SAMPLES}. The recordings are complex noise in 32-bit floats, made in the folder.
 */
public final class RecordingBench {
    private static final int ROUNDS = 3;
    private static final double RATE_HZ = 1e6;

    private RecordingBench() {}

    /** Measures a few rounds, each with an empty feature store. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int recordings = Integer.parseInt(arguments[1]);
        int samples = Integer.parseInt(arguments[2]);
        DirectoryObjectStore objects = DirectoryObjectStore.open(folder.resolve("objects"));
        List<Measurement> all = new ArrayList<>();
        for (int number = 0; number < recordings; number++) {
            ObjectKey key = new ObjectKey(ObjectKey.RECORDINGS, "bench/" + number + ".npy");
            Path file = Files.createTempFile(folder, "iq", ".npy");
            NpyWriter.writeComplex(file, noise(number, samples));
            objects.put(key, file);
            Files.delete(file);
            all.add(Measurement.recorded(
                    new Station("bench", new GeoPoint(45, 8)), Recorded.at(key).as("npy", RATE_HZ), 0));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Path store = Files.createTempDirectory(folder, "features");
            try (FeatureCache cache = new FeatureCache(store)) {
                RecordingFeatures features = new RecordingFeatures(objects, FeatureParameters.network(), cache);
                long cpu = processorTime();
                all.forEach(features::of);
                features.flush();
                System.out.printf(
                        Locale.ROOT,
                        "round %d: %.1f ms of processor a recording of %d samples%n",
                        round,
                        (processorTime() - cpu) / 1e6 / recordings,
                        samples);
            }
        }
    }

    private static float[] noise(int seed, int samples) {
        Random random = new Random(seed);
        float[] iq = new float[2 * samples];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = random.nextFloat() - 0.5f;
        }
        return iq;
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
