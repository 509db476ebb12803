package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.Formula.Choose;
import io.heimdall.model.input.Formula.Column;
import io.heimdall.model.input.Formula.Constant;
import io.heimdall.model.input.Formula.Given;
import io.heimdall.model.input.Formula.Standard;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of sets as model files: with every kind of formula, several inputs and a mixture. */
class SetExportTest {
    private static final int KNOWN = 4;
    private static final double SIGMA_SCALE = 1.4;

    @TempDir
    Path directory;

    static NetworkSpec network(boolean embedded) {
        SetNet plain = new SetNet(KNOWN, 8, 2, 2, 3, 0.1, Optional.empty());
        Layer.Sequence body = new Layer.Sequence(List.of(
                new Layer.Named("conv1", new Operation.Conv2d(1, 3, 5, 4, 2)),
                new Layer.Named("bn1", Operation.BatchNorm.of(3)),
                new Layer.Named("", new Operation.Relu()),
                new Layer.Named("", new Operation.GlobalAveragePool())));
        return (embedded ? plain.with(new SetNet.Embedding(3, body)) : plain).network("set");
    }

    private static TensorSpec given(String name, TensorSpec.Type type, int... lengths) {
        List<Axis> axes = new ArrayList<>(List.of(Axis.free("stations")));
        for (int length : lengths) {
            axes.add(Axis.of(length));
        }
        return new TensorSpec(name, type, axes);
    }

    /** Statistics by all kinds of formulas, masked; the rest as it is. */
    static ModelDescription description(NetworkSpec network) {
        Formula heard = new Column(new Given("heard"));
        Formula power = new Formula.Exp(new Standard(new Given("mel_spectrogram"), 0, 10 / Math.log(10)));
        Formula bands = new Formula.Mean(power, 3);
        List<Formula> six = List.of(
                decibels(new Formula.Mean(bands, 2)),
                decibels(new Formula.Ranked(bands, 2, 111)),
                decibels(new Formula.Ranked(bands, 2, 63)),
                decibels(new Formula.Ranked(bands, 2, 0)),
                new Formula.Mean(decibels(bands), 2),
                decibels(new Formula.Ranked(new Formula.Mean(power, 2), 2, 0)));
        Formula statistics = new Standard(
                new Formula.Stack(six),
                List.of(-70., -70., -70., -70., -70., -70.),
                List.of(10., 10., 10., 10., 10., 10.));
        Formula octaves = new Formula.Product(
                new Column(new Standard(new Formula.Log(new Given("frequency_hz")), Math.log(145e6), Math.log(2))),
                new Given("in_service"));
        Map<String, Formula> formulas = new TreeMap<>(Map.of(
                SetNet.STATISTICS, new Choose(heard, statistics, new Constant(0)),
                SetNet.HEARD, heard,
                SetNet.RECORDED, heard,
                SetNet.IN_SERVICE, new Column(new Given("in_service")),
                SetNet.OCTAVES, new Column(octaves),
                SetNet.PLACE, new Standard(new Given("station_position"), List.of(54., 25.), List.of(0.3, 0.5)),
                SetNet.INDEX, new Column(new Given("station_index")),
                SetNet.SPECTROGRAM, new Standard(new Given("mel_spectrogram"), -70, 10)));
        List<NetworkTensor> tensors = network.inputs().stream()
                .map(spec -> new NetworkTensor(spec, formulas.get(spec.name())))
                .toList();
        InputSpec input = new InputSpec(
                "station-set",
                Map.of("stations", "[\"a\",\"b\",\"c\",\"d\"]"),
                List.of(
                        given("mel_spectrogram", TensorSpec.Type.FLOAT, 128, 32),
                        given("station_position", TensorSpec.Type.FLOAT, 2),
                        given("heard", TensorSpec.Type.FLAG),
                        given("in_service", TensorSpec.Type.FLAG),
                        given("station_index", TensorSpec.Type.WHOLE),
                        new TensorSpec("frequency_hz", TensorSpec.Type.FLOAT, List.of())),
                tensors);
        return new ModelDescription(input, network.output(), Descriptions.PLANE, SIGMA_SCALE, "run", Map.of());
    }

    private static Formula decibels(Formula power) {
        return new Standard(new Formula.Log(power), 0, Math.log(10) / 10);
    }

    static Map<String, FloatTensor> batch(int rows, int stations, long seed) {
        Random random = new Random(seed);
        Map<String, FloatTensor> batch = new TreeMap<>();
        batch.put("mel_spectrogram", FloatTensor.zeros(rows, stations, 128, 32));
        batch.put("station_position", FloatTensor.zeros(rows, stations, 2));
        batch.put("heard", FloatTensor.zeros(rows, stations));
        batch.put("in_service", FloatTensor.zeros(rows, stations));
        batch.put("station_index", FloatTensor.zeros(rows, stations));
        batch.put("frequency_hz", FloatTensor.zeros(rows));
        fill(batch.get("mel_spectrogram"), () -> -70 + 10 * random.nextGaussian());
        fill(batch.get("frequency_hz"), () -> 144e6 + 300e6 * random.nextInt(2));
        for (int i = 0; i < rows * stations; i++) {
            boolean service = i % stations == 0 || random.nextInt(4) > 0;
            batch.get("in_service").values()[i] = service ? 1 : 0;
            batch.get("heard").values()[i] = service && random.nextInt(3) > 0 ? 1 : 0;
            batch.get("station_index").values()[i] = random.nextInt(KNOWN + 1);
            batch.get("station_position").values()[2 * i] = 54 + random.nextFloat();
            batch.get("station_position").values()[2 * i + 1] = 25 + random.nextFloat();
        }
        return batch;
    }

    private static void fill(FloatTensor tensor, java.util.function.DoubleSupplier value) {
        for (int i = 0; i < tensor.values().length; i++) {
            tensor.values()[i] = (float) value.getAsDouble();
        }
    }

    private Path exported(NetworkSpec network, Weights weights) throws IOException {
        Path file = directory.resolve("set.onnx");
        OnnxExporter.write(file, network, weights, description(network));
        onnx.check_model(file.toString(), true, false, false);
        return file;
    }

    @Test
    void agreesWithTheDefinitionsForEveryNumberOfStations() throws IOException {
        for (boolean embedded : new boolean[] {false, true}) {
            NetworkSpec network = network(embedded);
            Weights weights = TinyNetwork.weights(network, 7);
            Path file = exported(network, weights);
            for (int stations : new int[] {1, 2, 7}) {
                BackendAgreement agreement = BackendAgreement.check(
                        file,
                        description(network),
                        batch(3, stations, stations),
                        inputs -> Descriptions.naive(network, weights, inputs));
                assertThat(agreement.largest()).isBetween(0.0, 1e-4);
            }
        }
    }

    @Test
    void theMixtureInTheFileIsTheOneOfTheNetwork() throws IOException {
        NetworkSpec network = network(false);
        Weights weights = TinyNetwork.weights(network, 8);
        Map<String, FloatTensor> batch = batch(2, 5, 3);
        FloatTensor numbers = Descriptions.naive(
                network, weights, description(network).input().prepare(batch));
        try (OnnxModel model = OnnxModel.open(exported(network, weights), 1)) {
            List<Location> found = model.predict(batch);
            for (int row = 0; row < 2; row++) {
                double[] own = new double[network.output().width()];
                for (int i = 0; i < own.length; i++) {
                    own[i] = numbers.values()[row * own.length + i];
                }
                GaussianDistribution expected = network.output()
                        .distribution(own, 0)
                        .map(Descriptions.PLANE.metres())
                        .withSigmasTimes(SIGMA_SCALE);
                GaussianDistribution density = found.get(row).density();
                assertThat(density.components()).hasSameSizeAs(expected.components());
                double east = expected.mean().east();
                double north = expected.mean().north();
                assertThat(density.logDensity(east, north)).isCloseTo(expected.logDensity(east, north), within(1e-2));
                assertThat(density.covariance().eastNorth()
                                / expected.covariance().eastEast())
                        .isCloseTo(
                                expected.covariance().eastNorth()
                                        / expected.covariance().eastEast(),
                                within(1e-4));
            }
        }
    }

    /** Batches of more and of fewer stations, so that memory of a call before is used for a longer and for a shorter one. */
    @Test
    void severalBatchesAreLocatedAsTheOneThatHasTheirRows() throws IOException {
        NetworkSpec network = network(false);
        try (OnnxModel model = OnnxModel.open(exported(network, TinyNetwork.weights(network, 9)), 1)) {
            for (int[] stations : new int[][] {{7, 2}, {1, 1}, {3, 5, 4}, {2}}) {
                List<Map<String, FloatTensor>> batches = new ArrayList<>();
                for (int i = 0; i < stations.length; i++) {
                    batches.add(batch(1 + i, stations[i], 10 + i));
                }
                assertThat(model.predict(batches)).isEqualTo(model.predict(Batches.joined(batches)));
            }
        }
    }

    @Test
    void paddingAndOrderDoNotMatter() throws IOException {
        NetworkSpec network = network(true);
        Map<String, FloatTensor> batch = batch(4, 6, 4);
        Random random = new Random(5);
        try (OnnxModel model = OnnxModel.open(exported(network, TinyNetwork.weights(network, 9)), 1)) {
            List<Location> plain = model.predict(batch);
            int[] order = {3, 0, 7, 5, 1, 8, 4, 2, 6}; // 6 to 8 are padding
            Map<String, FloatTensor> moved = new TreeMap<>();
            batch.forEach((name, tensor) -> moved.put(name, moved(tensor, order, 6, random)));
            for (int i = 0; i < 4 * 9; i++) {
                if (order[i % 9] >= 6) {
                    moved.get("in_service").values()[i] = 0;
                    moved.get("heard").values()[i] = 0;
                    moved.get("station_index").values()[i] = i % (KNOWN + 1);
                }
            }
            List<Location> padded = model.predict(moved);
            for (int row = 0; row < 4; row++) {
                assertThat(padded.get(row).latitude()).isCloseTo(plain.get(row).latitude(), within(1e-4));
                assertThat(padded.get(row).sigmaLongitude())
                        .isCloseTo(plain.get(row).sigmaLongitude(), within(1e-4));
            }
        }
    }

    /** Stations in another order; what is not among them is noise. */
    private static FloatTensor moved(FloatTensor tensor, int[] order, int stations, Random random) {
        if (tensor.shape().length == 1) {
            return tensor;
        }
        int[] shape = tensor.shape().clone();
        int size = tensor.values().length / shape[0] / stations;
        shape[1] = order.length;
        FloatTensor out = FloatTensor.zeros(shape);
        for (int row = 0; row < shape[0]; row++) {
            for (int i = 0; i < order.length; i++) {
                for (int j = 0; j < size; j++) {
                    out.values()[(row * order.length + i) * size + j] = order[i] < stations
                            ? tensor.values()[(row * stations + order[i]) * size + j]
                            : (float) (1e3 * random.nextGaussian());
                }
            }
        }
        return out;
    }
}
