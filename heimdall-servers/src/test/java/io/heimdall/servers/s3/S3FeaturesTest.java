package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Computes features of a recording on a server. */
class S3FeaturesTest {
    private static final ObjectKey KEY = new ObjectKey("features", "sessions/s/a.npy");

    @TempDir
    Path directory;

    private static float[] features(ObjectFiles objects) {
        Measurement heard = Measurement.recorded(
                new Station("Torino", new GeoPoint(45, 7.6)), Recorded.at(KEY).as("npy", 100_000), -60);
        return new RecordingFeatures(objects, FeatureParameters.network(), FeatureCache.none()).of(heard);
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theyAreThoseOfTheFetchedFileAndLeaveNoCopyOnTheDisk() throws Exception {
        Random random = new Random(3);
        float[] iq = new float[1_200_000]; // 4.8 MB, three blocks
        for (int i = 0; i < iq.length; i++) {
            iq[i] = random.nextFloat() - 0.5f;
        }
        Path file = directory.resolve("a.npy");
        NpyWriter.writeComplex(file, iq);
        try (MinioObjectStore store =
                MinioObjectStore.open(S3Server.shared().settings(), directory.resolve("cache"), 1 << 30)) {
            store.put(KEY, file);
            float[] read = features(store);
            assertThat(files("cache")).isEmpty();
            assertThat(read).isEqualTo(features(store::fetch));
            assertThat(files("cache")).isNotEmpty();
            assertThat(features(store)).as("from the cache on the disk").isEqualTo(read);
            assertThat(store.ranges().orElseThrow().beside(KEY, "a.txt")).isEqualTo(KEY.sibling("a.txt"));
        }
    }
}
