package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.Batch;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.SampleSource;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated sessions as the batches of a network of sets. */
class SimulatedSessionsTest {
    private static final PlaneScale SCALE = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(40_000));
    private static final int SIZE = 40;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static OrderedWork workers;
    private static SampleSource simulated;
    private static NetworkSpec network;

    @BeforeAll
    static void fit() throws IOException {
        workspace = Workspace.create(folder.resolve("w"));
        new Simulation(World.rss(), 4).writeTo(workspace, 30, 2, done -> {});
        List<Session> sessions = workspace.catalog().allSessions().toList();
        RecordingFeatures features = new RecordingFeatures(
                workspace.objects(), FeatureParameters.network(), new FeatureCache(folder.resolve("cache")));
        RunningStatistics statistics = new RunningStatistics();
        statistics.add(new float[] {-90, -70}, 0, 2);
        Assembler all = new SetProducer().fit(sessions, statistics, SCALE, features);
        network = Networks.named("set").network(all.input());
        Assembler assembler = all.reading(network);
        workers = new OrderedWork("test", 2);
        SessionSamples training = new SessionSamples(
                sessions.stream()
                        .flatMap(s -> assembler.observations(s).stream())
                        .toList(),
                assembler,
                workers,
                SCALE,
                Augmentation.NONE);
        simulated = training.simulated(GroupBy.SOURCE, SIZE, 1).orElseThrow();
        assertThat(all.simulated(training.observations(), "same", workers, GroupBy.SOURCE, SIZE, 1))
                .isEmpty(); // it makes spectrograms
    }

    @AfterAll
    static void close() throws IOException {
        workers.close();
        workspace.close();
    }

    private static List<Batch> epoch(long seed) {
        List<Batch> batches = new ArrayList<>();
        try (BatchCursor cursor =
                simulated.open(IntStream.range(0, simulated.size()).toArray(), 16, seed)) {
            cursor.forEachRemaining(batches::add);
        }
        return batches;
    }

    @Test
    void fillBatchesThatTheNetworkCanLearnFrom() {
        List<Batch> batches = epoch(1);

        assertThat(batches).extracting(Batch::size).containsExactly(16, 16, 8);
        assertThat(batches).allSatisfy(batch -> {
            network.checkTrainable(batch);
            assertThat(batch.targets().shape()).containsExactly(batch.size(), SimulatedSessions.PLACES, 2);
            float[] heard = batch.inputs().get(SetNet.HEARD).values();
            int stations = heard.length / batch.size();
            assertThat(stations).isIn(7, 8);
            for (int row = 0; row < batch.size(); row++) {
                int from = row * stations;
                assertThat(IntStream.range(from, from + stations)
                                .mapToDouble(i -> heard[i])
                                .sum())
                        .isGreaterThanOrEqualTo(1);
            }
        });
    }

    @Test
    void dependOnTheSeedAlone() {
        assertThat(epoch(1)).isEqualTo(epoch(1)).isNotEqualTo(epoch(2));
    }

    @Test
    void someStationsAreTakenForUnknownOnes() {
        List<Float> numbers = new ArrayList<>();
        for (Batch batch : epoch(3)) {
            for (float number : batch.inputs().get(SetNet.INDEX).values()) {
                numbers.add(number);
            }
        }

        assertThat(numbers).contains(0f, 6f, 7f);
        assertThat(numbers.stream().filter(n -> n == 7f).count()).isBetween(numbers.size() / 40L, numbers.size() / 3L);
    }
}
