package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network of sets and the evidence beside it, as one model file. */
class LogPoolExportTest {
    private static final int KNOWN = 4;
    private static final int SIDE = 30;

    @TempDir
    Path directory;

    /** A map of random levels over some deviations of the training places. */
    private static LogPool pool(double freedom, long seed) {
        Random random = new Random(seed);
        AffineMap metres = Descriptions.PLANE.metres();
        double side = 4 * Math.abs(metres.scaleEast()) / SIDE;
        PlanePoint middle = metres.apply(new PlanePoint(0, 0));
        int cells = SIDE * SIDE;
        float[] east = new float[cells];
        float[] north = new float[cells];
        float[] prior = new float[cells];
        float[][] expected = new float[KNOWN][cells];
        float[][] deviation = new float[KNOWN][cells];
        for (int c = 0; c < cells; c++) {
            east[c] = (float) (middle.east() + side * (c % SIDE - SIDE / 2));
            north[c] = (float) (middle.north() + side * (c / SIDE - SIDE / 2));
            prior[c] = -random.nextFloat();
            for (int i = 0; i < KNOWN; i++) {
                expected[i][c] = (float) (-20 + 4 * random.nextGaussian());
                deviation[i][c] = 5 + 5 * random.nextFloat();
            }
        }
        LevelGrid grid = new LevelGrid(
                new LevelGrid.Stations(
                        new float[] {0.5f, 0.8f, -0.2f, 0},
                        new float[] {-90, -80, -85, -70},
                        new float[] {0.1f, 0.05f, 0.2f, 1},
                        expected,
                        deviation),
                new LevelGrid.Cells(east, north, prior, side),
                new LevelGrid.Scalars(-28, 900, freedom, 0.6, -70, 10, Math.abs(metres.scaleEast())));
        return new LogPool(grid, 0.7, 0.5);
    }

    private Path exported(NetworkSpec network, Weights weights, LogPool pool) throws IOException {
        Path file = directory.resolve("pool.onnx");
        OnnxExporter.write(
                file, new EnsembleMember(network, weights, Optional.of(pool)), SetExportTest.description(network));
        onnx.check_model(file.toString(), true, false, false);
        return file;
    }

    @ParameterizedTest
    @CsvSource({"Infinity, 1", "20, 2", "3, 7", "Infinity, 12"})
    void fileAgreesWithTheDefinition(double freedom, int stations) throws IOException {
        NetworkSpec network = SetExportTest.network(false);
        Weights weights = TinyNetwork.weights(network, 7);
        LogPool pool = pool(freedom, stations);
        BackendAgreement agreement = BackendAgreement.check(
                exported(network, weights, pool),
                SetExportTest.description(network),
                Optional.of(pool),
                SetExportTest.batch(3, stations, stations),
                inputs -> Descriptions.naive(network, weights, inputs));
        assertThat(agreement.largest()).isBetween(0.0, 1e-4);
    }

    @Test
    void evidenceMovesTheAnswer() throws IOException {
        NetworkSpec network = SetExportTest.network(false);
        Weights weights = TinyNetwork.weights(network, 7);
        Map<String, FloatTensor> batch = SetExportTest.batch(4, 5, 9);
        Path alone = directory.resolve("alone.onnx");
        OnnxExporter.write(alone, network, weights, SetExportTest.description(network));
        try (OnnxModel plain = OnnxModel.open(alone, 1);
                OnnxModel pooled = OnnxModel.open(exported(network, weights, pool(20, 5)), 1)) {
            List<Location> before = plain.predict(batch);
            List<Location> after = pooled.predict(batch);
            for (int row = 0; row < 4; row++) {
                assertThat(after.get(row).density().components())
                        .hasSameSizeAs(before.get(row).density().components());
                PlanePoint from = before.get(row).density().mean();
                PlanePoint to = after.get(row).density().mean();
                assertThat(Math.hypot(from.east() - to.east(), from.north() - to.north()))
                        .isGreaterThan(100);
            }
        }
    }

    @Test
    void membersHaveEvidenceOfTheirOwn() throws IOException {
        NetworkSpec network = SetExportTest.network(false);
        ModelDescription description = SetExportTest.description(network);
        List<EnsembleMember> members = List.of(
                new EnsembleMember(network, TinyNetwork.weights(network, 7), Optional.of(pool(20, 1))),
                new EnsembleMember(network, TinyNetwork.weights(network, 8)),
                new EnsembleMember(network, TinyNetwork.weights(network, 9), Optional.of(pool(3, 2))));
        ModelDescription ofAll = new ModelDescription(
                description.input(),
                EnsembleMember.output(network.output(), members.size()),
                description.scale(),
                description.sigmaScale(),
                "run",
                Map.of());
        Path file = directory.resolve("ensemble.onnx");
        OnnxExporter.writeEnsemble(file, members, ofAll);
        Map<String, FloatTensor> batch = SetExportTest.batch(3, 6, 4);
        Map<String, FloatTensor> inputs = description.input().prepare(batch);
        List<List<GaussianDistribution>> own = members.stream()
                .map(member -> BackendAgreement.distributions(
                        description, Descriptions.naive(network, member.weights(), inputs), member.pool(), inputs))
                .toList();
        List<? extends GaussianDistribution> expected = IntStream.range(0, 3)
                .mapToObj(row -> EnsembleMember.mixture(
                        own.stream().map(member -> member.get(row)).toList()))
                .toList();
        assertThat(BackendAgreement.check(file, ofAll, batch, expected).largest())
                .isCloseTo(0, within(1e-4));
    }
}
