package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.DirectoryObjectStore;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ObjectKey;
import io.heimdall.dataset.ObjectStore;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLoaderTest {
    private static final FeatureParameters SMALL = FeatureParameters.network()
            .withFftLength(256)
            .withHopSamples(64)
            .withMels(4)
            .withFrames(4);
    private static final ChannelLayout LAYOUT = ChannelLayout.stations(List.of("Torino", "Genova"));

    @TempDir
    Path directory;

    private ObjectStore store;
    private RecordingFeatures features;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(directory.resolve("store"));
        features = new RecordingFeatures(store, SMALL, new FeatureCache(directory.resolve("cache")));
    }

    private Session session(int number) throws IOException {
        Random random = new Random(number);
        float[] iq = new float[2000];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) random.nextGaussian();
        }
        Path file = directory.resolve("iq.npy");
        NpyWriter.writeComplex(file, iq);
        ObjectKey key = new ObjectKey("b", "sessions/" + number + "/torino.npy");
        store.put(key, file);
        Measurement torino = new Measurement(
                Sessions.measurement("s", "Torino").station(),
                key,
                Optional.of("npy"),
                OptionalDouble.of(12_000),
                number,
                Optional.empty(),
                0);
        return Sessions.session("session " + number).heardBy(List.of(torino));
    }

    private List<SampleRecipe> recipes(int count) throws IOException {
        List<SampleRecipe> recipes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            recipes.addAll(LAYOUT.recipes(session(i)));
        }
        return recipes;
    }

    @Test
    void anAbsentStationIsFilledAndMarked() throws IOException {
        try (SampleLoader loader = new SampleLoader(features, -93.5, 1)) {
            SampleRecipe recipe = recipes(1).get(0);
            Sample sample = loader.load(recipe);
            float[] torino = features.of(recipe.channels().get(0).orElseThrow());
            assertThat(sample.id()).isEqualTo("session 0");
            assertThat(sample.position()).isEqualTo(recipe.position()).isPresent();
            assertThat(sample.present()).containsExactly(true, false);
            assertThat(sample.features()).hasSize(2 * 16).startsWith(torino);
            for (int i = 16; i < 32; i++) {
                assertThat(sample.features()[i]).isEqualTo(-93.5f);
            }
        }
    }

    @Test
    void oneReceiverIsRepeated() throws IOException {
        try (SampleLoader loader = new SampleLoader(features, -100, 1)) {
            SampleRecipe recipe =
                    ChannelLayout.singleReceiver().recipes(session(3)).get(0);
            float[] one = features.of(recipe.channels().get(0).orElseThrow());
            float[] three = new float[3 * one.length];
            for (int c = 0; c < 3; c++) {
                System.arraycopy(one, 0, three, c * one.length, one.length);
            }
            Sample sample = loader.load(recipe);
            assertThat(sample.features()).isEqualTo(three);
            assertThat(sample.present()).containsExactly(true, true, true);
        }
    }

    @Test
    void samplesComeInOrderAndAsIfMadeAlone() throws IOException {
        List<SampleRecipe> recipes = recipes(40);
        try (SampleLoader loader = new SampleLoader(features, -100, 4);
                SampleStream stream = loader.open(recipes, 7)) {
            for (SampleRecipe recipe : recipes) {
                assertThat(stream.hasNext()).isTrue();
                Sample sample = stream.next();
                assertThat(sample.id()).isEqualTo(recipe.id());
                assertThat(sample.features()).isEqualTo(loader.load(recipe).features());
            }
            assertThat(stream.hasNext()).isFalse();
        }
    }

    @Test
    void aFaultIsThrownWhereTheSampleWouldHaveComeAndNamesIt() throws IOException {
        List<SampleRecipe> recipes = recipes(6);
        Path third = store.fetch(new ObjectKey("b", "sessions/2/torino.npy"));
        Files.write(third, java.util.Arrays.copyOf(Files.readAllBytes(third), 900));
        try (SampleLoader loader = new SampleLoader(features, -100, 2);
                SampleStream stream = loader.open(recipes, 6)) {
            assertThat(stream.next().id()).isEqualTo("session 0");
            assertThat(stream.next().id()).isEqualTo("session 1");
            assertThatThrownBy(stream::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("session session 2:")
                    .hasMessageContaining("s3://b/sessions/2/torino.npy")
                    .hasMessageContaining("cut off");
            assertThat(stream.hasNext()).isFalse();
        }
    }

    @Test
    void closingTheLoaderEndsItsStreams() throws IOException {
        SampleLoader loader = new SampleLoader(features, -100, 1);
        SampleStream stream = loader.open(recipes(30), 20);
        loader.close();
        assertThatThrownBy(() -> {
                    while (stream.hasNext()) {
                        stream.next();
                    }
                })
                .isInstanceOf(DatasetException.class);
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void nobodyWritesToTheCacheOnceTheLoaderIsClosed() throws IOException {
        List<SampleRecipe> recipes = recipes(60);
        for (int round = 0; round < 5; round++) {
            Path cache = directory.resolve("cache " + round);
            SampleLoader loader =
                    new SampleLoader(new RecordingFeatures(store, SMALL, new FeatureCache(cache)), -100, 4);
            SampleStream stream = loader.open(recipes, 60);
            stream.next();
            stream.close();
            loader.close();
            assertThat(files(cache))
                    .isEqualTo(files(cache))
                    .allMatch(file -> file.toString().endsWith(".f32"));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void itNeedsAThreadAndRoomForOneSample() {
        assertThatThrownBy(() -> new SampleLoader(features, -100, 0)).hasMessageContaining("threads 0");
        try (SampleLoader loader = new SampleLoader(features, -100, 1)) {
            assertThatThrownBy(() -> loader.open(List.of(), 0)).hasMessageContaining("ahead 0");
        }
    }
}
