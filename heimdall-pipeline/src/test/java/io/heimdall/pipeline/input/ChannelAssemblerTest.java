package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.train.BatchCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spectrograms as channels, from recordings to what a model file takes and a network learns from. */
class ChannelAssemblerTest {
    private static final FeatureParameters SMALL = FeatureParameters.network()
            .withFftLength(256)
            .withHopSamples(64)
            .withMels(4)
            .withFrames(4);
    private static final GeoPoint SOURCE = new GeoPoint(45, 8);
    private static final PlaneScale SCALE = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(1000));

    @TempDir
    Path directory;

    private ObjectStore store;
    private RecordingFeatures features;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(directory.resolve("store"));
        features = new RecordingFeatures(store, SMALL, new FeatureCache(directory.resolve("cache")));
    }

    private Session session(int number, String... stations) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (String station : stations) {
            Random random = new Random(31L * number + station.hashCode());
            float[] iq = new float[2000];
            for (int i = 0; i < iq.length; i++) {
                iq[i] = (float) random.nextGaussian();
            }
            Path file = directory.resolve("iq.npy");
            NpyWriter.writeComplex(file, iq);
            ObjectKey key = new ObjectKey("b", "sessions/" + number + "/" + station + ".npy");
            store.put(key, file);
            measurements.add(Measurement.recorded(
                    new Station(station, new GeoPoint(45, 7)),
                    Recorded.at(key).as("npy", 12_000).calibrated(number),
                    0));
        }
        return new Session(
                "s" + number, "source", Optional.of(SOURCE), 145_000_000, true, Optional.empty(), measurements);
    }

    private Assembler fitted(String producer, Session... training) {
        RunningStatistics statistics = new RunningStatistics();
        for (Session session : training) {
            for (Measurement measurement : session.measurements()) {
                float[] values = features.of(measurement);
                statistics.add(values, 0, values.length);
            }
        }
        return Producers.named(producer).fit(List.of(training), statistics, SCALE, features);
    }

    @Test
    void aStationThatHeardNothingIsFilled() throws IOException {
        Assembler stations = fitted("stations", session(0, "Torino", "Genova"), session(1, "Aquila"));
        Session heard = session(2, "Torino");
        List<Observation> rows = stations.observations(heard);
        assertThat(rows).containsExactly(new Observation("s2", heard));
        float[] decibels = stations.given(rows.get(0)).get("mel_spectrogram").values();
        float[] torino = features.of(heard.measurements().get(0));
        assertThat(stations.input().given()).containsExactly(TensorSpec.floats("mel_spectrogram", 3, 4, 4));
        assertThat(Arrays.copyOfRange(decibels, 32, 48)).isEqualTo(torino); // Aquila, Genova, Torino
        float absent = decibels[0];
        for (int i = 0; i < 32; i++) {
            assertThat(decibels[i]).isEqualTo(absent).isLessThan(torino[0]);
        }
    }

    @Test
    void aSessionThatNoStationOfTheModelHeardGivesNothing() throws IOException {
        Assembler stations = fitted("stations", session(0, "Torino"));
        assertThat(stations.observations(session(1, "Genova"))).isEmpty();
    }

    @Test
    void oneReceiverIsRepeatedAndEachRecordingIsARow() throws IOException {
        Assembler single = fitted("single-receiver", session(0, "Torino"));
        Session session = session(3, "Torino", "Genova");
        List<Observation> rows = single.observations(session);
        assertThat(rows).extracting(Observation::id).containsExactly("s3/Torino", "s3/Genova");
        float[] three = single.given(rows.get(1)).get("mel_spectrogram").values();
        float[] genova = features.of(session.measurements().get(1));
        for (int c = 0; c < 3; c++) {
            assertThat(Arrays.copyOfRange(three, 16 * c, 16 * c + 16)).isEqualTo(genova);
        }
    }

    @Test
    void whatIsLearnedIsStandardised() throws IOException {
        Session session = session(0, "Torino", "Genova");
        Assembler stations = fitted("stations", session);
        float[] learned = stations.learned(new Observation("s0", session), Augmentation.NONE, 1)
                .get("features")
                .values();
        RunningStatistics statistics = new RunningStatistics();
        statistics.add(learned, 0, learned.length);
        assertThat(statistics.mean()).isBetween(-1e-5, 1e-5);
        assertThat(statistics.standardDeviation()).isBetween(0.9999, 1.0001);
        float[] other = stations.learned(new Observation("s0", session), Augmentation.DEFAULT, 1)
                .get("features")
                .values();
        assertThat(other).isNotEqualTo(learned);
    }

    @Test
    void theAssemblerOfAModelIsMadeAgainOfItsParameters() throws IOException {
        Session session = session(0, "Torino", "Genova");
        Assembler fitted = fitted("stations", session);
        Assembler restored = Producers.restore(fitted.input(), parameters -> {
            assertThat(parameters).isEqualTo(SMALL);
            return features;
        });
        assertThat(restored.input()).isEqualTo(fitted.input());
        assertThat(restored.fingerprint()).isEqualTo(fitted.fingerprint());
        Observation row = fitted.observations(session).get(0);
        assertThat(restored.given(row)).isEqualTo(fitted.given(row));
    }

    @Test
    void whatHasNoRecordingFillsNoChannel() throws IOException {
        Session recorded = session(2, "Torino", "Genova");
        Station genova = recorded.measurements().get(1).station();
        Session mixed = recorded.heardBy(List.of(
                Measurement.silence(new Station("Aquila", new GeoPoint(45, 7))),
                Measurement.level(genova, -80),
                recorded.measurements().get(0)));
        Session alone = recorded.heardBy(recorded.measurements().subList(0, 1));
        Session levels = recorded.heardBy(List.of(Measurement.level(genova, -80)));
        Assembler stations = fitted("stations", recorded, alone);
        assertThat(stations.given(stations.observations(mixed).get(0)))
                .isEqualTo(stations.given(stations.observations(alone).get(0)));
        assertThat(stations.observations(levels)).isEmpty();
        Assembler single = fitted("single-receiver", recorded);
        assertThat(single.observations(mixed)).extracting(Observation::id).containsExactly("s2/Torino");
        assertThat(single.observations(levels)).isEmpty();
        for (String channels : List.of("stations", "single-receiver")) {
            Producer producer = Producers.named(channels);
            assertThat(producer.takes(levels)).isFalse();
            assertThat(producer.takes(mixed)).isTrue();
            assertThat(producer.rows(List.of(mixed, levels))).isEqualTo(1);
            assertThat(producer.wanted()).isEqualTo("recordings");
        }
    }

    @Test
    void damagedParametersAreNamed() throws IOException {
        Map<String, String> good =
                fitted("stations", session(0, "Torino")).input().parameters();
        for (Map.Entry<String, String> bad : Map.of(
                        "stations",
                        "Torino",
                        "absent_db",
                        "low",
                        "feature_deviation_db",
                        "-1",
                        "feature_parameters",
                        "x=1")
                .entrySet()) {
            Map<String, String> parameters = new java.util.TreeMap<>(good);
            parameters.put(bad.getKey(), bad.getValue());
            assertThatThrownBy(() -> Producers.named("stations").restore(parameters, any -> features))
                    .isInstanceOf(IllegalArgumentException.class);
            parameters.remove(bad.getKey());
            assertThatThrownBy(() -> Producers.named("stations").restore(parameters, any -> features))
                    .hasMessage("the model does not state its " + bad.getKey());
        }
        assertThatThrownBy(() -> Producers.named("radar"))
                .hasMessage("input 'radar' is not known; there are station-set, stations, single-receiver");
    }

    @Test
    void batchesHaveTheRowsInTheirOrder() throws IOException {
        List<Observation> rows = new ArrayList<>();
        Session[] sessions = new Session[9];
        for (int i = 0; i < 9; i++) {
            sessions[i] = session(i, "Torino");
            rows.add(new Observation("s" + i, sessions[i]));
        }
        Assembler stations = fitted("stations", sessions);
        int[] order = {8, 3, 0, 1, 7};
        try (OrderedWork workers = new OrderedWork("w", 3);
                BatchCursor batches =
                        new SessionSamples(rows, stations, workers, SCALE, Augmentation.NONE).open(order, 2, 1)) {
            List<String> ids = new ArrayList<>();
            while (batches.hasNext()) {
                Batch batch = batches.next();
                ids.addAll(batch.sessionIds());
                assertThat(batch.targets().values()).containsOnly(0f);
                FloatTensor first = batch.inputs().get("features");
                assertThat(first.shape()).containsExactly(batch.size(), 1, 4, 4);
            }
            assertThat(ids).containsExactly("s8", "s3", "s0", "s1", "s7");
        }
    }

    @Test
    void aFaultNamesSessionAndRecordingWhereItsBatchWouldHaveCome() throws IOException {
        Session good = session(0, "Torino");
        Session bad = session(1, "Torino");
        Assembler stations = fitted("stations", good);
        Path damaged = store.fetch(bad.recordings().get(0).key());
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 900));
        List<Observation> rows = List.of(new Observation("s0", good), new Observation("s1", bad));
        try (OrderedWork workers = new OrderedWork("w", 1);
                BatchCursor batches = new SessionSamples(rows, stations, workers, SCALE, Augmentation.NONE)
                        .open(new int[] {0, 1}, 1, 1)) {
            assertThat(batches.next().sessionIds()).containsExactly("s0");
            assertThatThrownBy(batches::next)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("session s1:")
                    .hasMessageContaining("s3://b/sessions/1/Torino.npy");
        }
    }
}
