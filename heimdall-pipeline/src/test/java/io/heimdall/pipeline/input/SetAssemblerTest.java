package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.recording.NpyWriter;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stations of a session as a set, from recordings to what a model file takes and a network learns from. */
class SetAssemblerTest {
    private static final PlaneScale SCALE = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(40_000));

    @TempDir
    Path directory;

    private ObjectStore store;
    private RecordingFeatures features;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(directory.resolve("store"));
        features =
                new RecordingFeatures(store, FeatureParameters.network(), new FeatureCache(directory.resolve("cache")));
    }

    private static Station station(String name) {
        return new Station(name, new GeoPoint(45 + name.length() / 20.0, 7 + (name.charAt(0) - 'A') / 10.0));
    }

    private Session session(int number, String... stations) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (String name : stations) {
            Random random = new Random(31L * number + name.hashCode());
            float[] iq = new float[2000];
            for (int i = 0; i < iq.length; i++) {
                iq[i] = (float) (0.01 * random.nextGaussian());
            }
            Path file = directory.resolve("iq.npy");
            NpyWriter.writeComplex(file, iq);
            ObjectKey key = new ObjectKey("b", "sessions/" + number + "/" + name + ".npy");
            store.put(key, file);
            Recorded recorded = Recorded.at(key).as("npy", 12_000).calibrated(number);
            measurements.add(Measurement.recorded(station(name), recorded, -40));
        }
        return new Session(
                "s" + number,
                "source",
                Optional.of(new GeoPoint(45, 8)),
                145_000_000L * (1 + number),
                true,
                Optional.empty(),
                measurements);
    }

    private Assembler fitted(Session... training) {
        RunningStatistics statistics = new RunningStatistics();
        for (Session session : training) {
            for (Measurement measurement : session.measurements()) {
                if (measurement.recorded().isEmpty()) {
                    continue;
                }
                float[] values = features.of(measurement);
                statistics.add(values, 0, values.length);
            }
        }
        return new SetProducer().fit(List.of(training), statistics, SCALE, features);
    }

    /** The same, but a known station without a measurement was in service and heard nothing. */
    private Assembler silent(Assembler fitted) {
        Map<String, String> texts = new LinkedHashMap<>(fitted.input().parameters());
        texts.put("absent_stations", "silent");
        return new SetProducer().restore(texts, parameters -> features);
    }

    private static Map<String, FloatTensor> batchOfOne(Map<String, FloatTensor> tensors) {
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            int[] shape = new int[tensor.shape().length + 1];
            shape[0] = 1;
            System.arraycopy(tensor.shape(), 0, shape, 1, tensor.shape().length);
            batch.put(name, FloatTensor.of(tensor.values(), shape));
        });
        return batch;
    }

    /** The network learns from what the nodes of the model file make of what a client gives. */
    @ParameterizedTest
    @ValueSource(strings = {"set", "set-cnn"})
    void whatIsLearnedIsWhatTheModelFileComputes(String network) throws IOException {
        Assembler all = silent(fitted(session(0, "Torino", "Genova", "Aosta"), session(1, "Torino", "Cuneo")));
        Assembler assembler = all.reading(spec(network, all));
        for (Session session : List.of(
                session(0, "Torino", "Genova", "Aosta"),
                session(2, "Genova"),
                session(3, "Milano", "Cuneo"),
                received(
                        session(4, "Torino"),
                        Measurement.level(station("Genova"), -71.25),
                        Measurement.silence(station("Cuneo"))),
                levels("levels", Measurement.level(station("Milano"), -63)))) {
            Observation observation = assembler.observations(session).get(0);
            Map<String, FloatTensor> learned = assembler.learned(observation, Augmentation.NONE, 1);
            Map<String, FloatTensor> computed = assembler.input().prepare(batchOfOne(assembler.given(observation)));
            assertThat(learned.keySet()).isEqualTo(computed.keySet());
            learned.forEach((name, tensor) -> {
                float[] values = computed.get(name).values();
                assertThat(tensor.values()).as(name).hasSameSizeAs(values);
                for (int i = 0; i < values.length; i++) {
                    assertThat(tensor.values()[i]).as("%s %d", name, i).isCloseTo(values[i], within(2e-4f));
                }
            });
        }
    }

    /** The session, in which other stations received something too. */
    private static Session received(Session session, Measurement... more) {
        List<Measurement> all = new ArrayList<>(session.measurements());
        all.addAll(List.of(more));
        return session.heardBy(all);
    }

    private static Session levels(String id, Measurement... measurements) {
        return new Session(
                id,
                "source",
                Optional.of(new GeoPoint(45, 8)),
                433_920_000L,
                true,
                Optional.empty(),
                List.of(measurements));
    }

    @Test
    void aLevelAloneIsTheFirstStatisticAndSilenceIsNone() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session session = received(
                session(1, "Torino"),
                Measurement.level(station("Genova"), -71.25),
                Measurement.silence(station("Cuneo")));
        Map<String, FloatTensor> given = assembler.given(new Observation("s1", session));
        assertThat(given.get(SetInput.LEVEL).values()).containsExactly(0, -71.25f, 0);
        assertThat(given.get(SetInput.HEARD).values()).containsExactly(1, 1, 0);
        assertThat(given.get(SetInput.RECORDED).values()).containsExactly(1, 0, 0);
        assertThat(given.get(SetInput.IN_SERVICE).values()).containsExactly(1, 1, 1);

        Map<String, FloatTensor> learned = assembler.learned(new Observation("s1", session), Augmentation.NONE, 1);
        double mean = Double.parseDouble(assembler.input().parameters().get("level_mean_db"));
        float[] statistics = learned.get(SetNet.STATISTICS).values();
        assertThat(statistics[6]).isCloseTo((float) ((-71.25 - mean) / 10), within(1e-5f));
        for (int i = 7; i < 18; i++) {
            assertThat(statistics[i]).isZero();
        }
    }

    /** The station heard the session: it must not be taken for one that heard nothing. */
    @Test
    void aBearingAloneIsNoSilence() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session session = received(
                session(1, "Torino"),
                Measurement.bearing(station("Genova"), new Bearing(40, 3)),
                Measurement.silence(station("Cuneo")));
        Map<String, FloatTensor> given = assembler.given(new Observation("s1", session));
        assertThat(given.get(SetInput.HEARD).values()).containsExactly(1, 0);
        assertThat(given.get(SetInput.POSITION).values()[2])
                .isEqualTo((float) station("Cuneo").position().latitude());
    }

    @Test
    void aSetLearnsFromLevelsAlone() throws IOException {
        Assembler assembler = fitted(
                levels(
                        "one",
                        Measurement.level(new Station("bus", new GeoPoint(45, 8)), -60),
                        Measurement.level(station("Torino"), -80)),
                levels("two", Measurement.level(new Station("bus", new GeoPoint(45.1, 8)), -70)));
        Map<String, String> parameters = assembler.input().parameters();
        assertThat(Double.parseDouble(parameters.get("level_mean_db"))).isCloseTo(-70, within(1e-9));
        assertThat(Double.parseDouble(parameters.get("level_deviation_db"))).isCloseTo(8.165, within(1e-3));
        assertThat(parameters).containsEntry("station_positions", "[[45.3,8.9],[]]");

        Session later = levels("three", Measurement.level(new Station("bus", new GeoPoint(45.2, 8.3)), -65));
        Map<String, FloatTensor> given =
                assembler.given(assembler.observations(later).get(0));
        assertThat(given.get(SetInput.POSITION).values()).containsExactly(45.2f, 8.3f);
        assertThat(given.get(SetInput.INDEX).values()).containsExactly(1); // Torino 0, bus 1
        assertThat(given.get(SetInput.LEVEL).values()).containsExactly(-65);
    }

    @Test
    void whatNoStationHeardIsNotObserved() throws IOException {
        Assembler assembler = fitted(session(0, "Torino"));
        assertThat(assembler.observations(levels("silent", Measurement.silence(station("Torino")))))
                .isEmpty();
        assertThat(new SetProducer().takes(levels("silent", Measurement.silence(station("Torino")))))
                .isFalse();
    }

    private static NetworkSpec spec(String network, Assembler assembler) {
        return Networks.named(network).network(assembler.input());
    }

    @Test
    void aNetworkWithoutAnEmbeddingReadsNoSpectrograms() throws IOException {
        Assembler all = fitted(session(0, "Torino", "Genova"));
        assertThat(all.reading(spec("set", all)).input().network())
                .extracting(tensor -> tensor.spec().name())
                .doesNotContain(SetNet.SPECTROGRAM);
        assertThat(all.reading(spec("set-cnn", all)).input().network())
                .extracting(tensor -> tensor.spec().name())
                .contains(SetNet.SPECTROGRAM);
        assertThat(spec("set", all).inputs()).extracting(TensorSpec::name).doesNotContain(SetNet.SPECTROGRAM);
    }

    @Test
    void aStationThatWasNeverSeenHasTheLastNumber() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session session = session(4, "Milano", "Torino");
        Map<String, FloatTensor> given = assembler.given(new Observation("s4", session));
        assertThat(given.get(SetInput.INDEX).values()).containsExactly(2, 1); // Genova 0, Torino 1
        assertThat(given.get(SetInput.POSITION).values()).containsExactly(45.3f, 8.2f, 45.3f, 8.9f);
        assertThat(given.get(SetInput.FREQUENCY).values()).containsExactly(145e6f * 5);
    }

    @Test
    void aKnownStationWithoutAMeasurementIsSilentOrOff() throws IOException {
        Assembler off = fitted(session(0, "Torino", "Genova"));
        Observation observation = new Observation("s5", session(5, "Torino"));
        assertThat(off.given(observation).get(SetInput.HEARD).values()).containsExactly(1);

        Map<String, FloatTensor> given = silent(off).given(observation);
        assertThat(given.get(SetInput.HEARD).values()).containsExactly(1, 0);
        assertThat(given.get(SetInput.RECORDED).values()).containsExactly(1, 0);
        assertThat(given.get(SetInput.IN_SERVICE).values()).containsExactly(1, 1);
        assertThat(given.get(SetInput.INDEX).values()).containsExactly(1, 0);
    }

    @Test
    void aModelsParametersMakeTheSameAgain() throws IOException {
        Assembler fitted = fitted(session(0, "Torino", "Genova"), session(1, "Cuneo"));
        Assembler restored = new SetProducer().restore(fitted.input().parameters(), parameters -> {
            assertThat(parameters).isEqualTo(FeatureParameters.network());
            return features;
        });
        assertThat(restored.input()).isEqualTo(fitted.input());
        assertThat(restored.fingerprint()).isEqualTo(fitted.fingerprint());
    }

    @Test
    void anotherRecordingCalibrationOrPlaceIsOtherData() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session session = session(6, "Torino");
        String before = assembler.fingerprint(new Observation("s6", session));
        Measurement torino = session.measurements().get(0);
        Measurement elsewhere = torino.from(new GeoPoint(45.31, 8.9));
        assertThat(assembler.fingerprint(new Observation("s6", session.heardBy(List.of(elsewhere)))))
                .isNotEqualTo(before);
        assertThat(assembler.fingerprint(new Observation("s6", session(7, "Torino"))))
                .isNotEqualTo(before);
        assertThat(assembler.fingerprint(new Observation("other id", session))).isEqualTo(before);
        String level =
                assembler.fingerprint(new Observation("l", levels("l", Measurement.level(station("Torino"), -70))));
        assertThat(assembler.fingerprint(
                        new Observation("l", levels("l", Measurement.level(station("Torino"), -70.5)))))
                .isNotEqualTo(level);
    }

    @Test
    void aRecordingThatIsGoneIsNamedWithItsSession() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session session = session(8, "Torino");
        store.delete(session.recordings().get(0).key());
        assertThatThrownBy(() -> assembler.given(new Observation("s8", session)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("session s8", "Torino");
    }

    @Test
    void recordingsWithoutATableStandWhereTheModelKnowsTheirStations() throws IOException {
        Assembler assembler = fitted(session(0, "Torino", "Genova"));
        Session loose = loose(session(9, "Torino"));
        Observation observation = assembler.observations(loose).get(0);
        Map<String, FloatTensor> given = assembler.given(observation);
        assertThat(given.get(SetInput.POSITION).values()).containsExactly(45.3f, 8.9f);
        assertThat((double) given.get(SetInput.FREQUENCY).values()[0]).isCloseTo(145e6, within(100.0));
        assertThatThrownBy(() -> assembler.observations(loose(session(9, "Milano"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("nothing tells where station 'Milano' stands; the model knows Genova, Torino");
    }

    private static Session loose(Session session) {
        Measurement m = session.measurements().get(0);
        Measurement nowhere = m.from(LooseRecordings.NOWHERE);
        return new Session(
                "loose", "", Optional.empty(), LooseRecordings.UNKNOWN_HZ, false, Optional.empty(), List.of(nowhere));
    }

    @Test
    void parametersThatAreNoneAreToldByName() {
        assertThatThrownBy(() -> new SetProducer().restore(Map.of(), parameters -> features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not state its stations");
    }

    @Test
    void bothAxesOfThePlaneHaveOneUnit() {
        PlaneScale fitted = new PlaneScale(new LocalPlane(45, 8), new AffineMap(100, 30_000, 200, 40_000));
        PlaneScale scale = new SetProducer().scale(fitted);
        assertThat(scale.plane()).isEqualTo(fitted.plane());
        assertThat(scale.metres().scaleEast())
                .isEqualTo(scale.metres().scaleNorth())
                .isCloseTo(35_355, within(1.0));
    }

    @Test
    void aStationThatMovesHasNoUsualPlace() {
        LocalPlane plane = new LocalPlane(45, 8);
        Whereabouts bus = new Whereabouts(plane);
        Whereabouts roof = new Whereabouts(plane);
        for (int i = 0; i < 10; i++) {
            bus.add(new GeoPoint(45 + i / 1000.0, 8));
            roof.add(new GeoPoint(45.2, 8.1));
        }
        assertThat(bus.usual(50)).isEmpty();
        assertThat(roof.usual(50))
                .hasValueSatisfying(place -> assertThat(place.distanceMetres(new GeoPoint(45.2, 8.1)))
                        .isLessThan(0.1));
    }
}
