package io.heimdall.pipeline.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.simulation.Link;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalRatiosTest {
    private static final int SESSIONS = 60;

    @TempDir
    Path folder;

    private static double trueRatioDb(Simulation simulation, int number) {
        World world = simulation.world();
        List<Link> links = simulation.transmission(number).links();
        return IntStream.range(0, links.size())
                .filter(i -> links.get(i).heard())
                .mapToDouble(i -> links.get(i).receivedDbm()
                        - world.recorders().noiseDbm(world.stations().get(i)))
                .max()
                .orElseThrow();
    }

    @Test
    void spectrogramsTellTheRatioOfTheClearestRecording() throws IOException {
        Simulation simulation = new Simulation(World.rss(), 4);
        try (Workspace workspace = Workspace.create(folder.resolve("w"))) {
            simulation.writeTo(workspace, SESSIONS, 2, done -> {});
            List<Session> sessions = workspace.catalog().sessions().toList();
            RecordingFeatures features = new RecordingFeatures(
                    workspace.objects(), FeatureParameters.network(), new FeatureCache(folder.resolve("cache")));

            List<OptionalDouble> ratios = new SignalRatios(sessions, Optional.of(features)).inDecibels();

            double[] errors = IntStream.range(0, SESSIONS)
                    .mapToDouble(k -> Math.abs(ratios.get(k).orElseThrow() - trueRatioDb(simulation, k)))
                    .sorted()
                    .toArray();
            assertThat(errors[SESSIONS / 2]).isLessThan(4); // bands are narrower around 0 Hz, where signals are
            assertThat(errors[9 * SESSIONS / 10]).isLessThan(7);
            assertThat(new SignalRatios(sessions, Optional.empty()).inDecibels())
                    .containsOnly(OptionalDouble.empty());
        }
    }

    @Test
    void measuredQualityCountsFirst() throws IOException {
        try (Workspace workspace = Workspace.create(folder.resolve("w"))) {
            new Simulation(World.rss(), 4).writeTo(workspace, 1, 1, done -> {});
            Session session = workspace.catalog().sessions().findFirst().orElseThrow();
            RecordingQuality quality = new RecordingQuality(
                    4000, -30, -20, 0, -80, OptionalDouble.of(17.5), OptionalDouble.empty(), OptionalDouble.empty(), 0);
            Measurement first = session.measurements().get(0);
            Measurement measured =
                    first.withRecorded(first.recorded().orElseThrow().withQuality(Optional.of(quality)));

            List<OptionalDouble> ratios =
                    new SignalRatios(List.of(session.heardBy(List.of(measured))), Optional.empty()).inDecibels();

            assertThat(ratios.get(0).orElseThrow()).isCloseTo(17.5, within(1e-9));
        }
    }
}
