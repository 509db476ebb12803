package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.loss.DensityNll;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.SetNet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network of the sweep.
 *
 * @param network what is trained
 * @param batch the largest batch
 * @param loss what is minimised
 * @param large whether a step takes so long that only some are done
 */
record SweptNetwork(NetworkSpec network, Batch batch, Loss loss, boolean large) {
    private static final int STATIONS = 2;

    /** Returns some networks of channels that have no name, and every one that has a name; the large ones come last. */
    static List<SweptNetwork> all(int rows) {
        Stream<SweptNetwork> channels = Projections.all().stream()
                .map(network -> new SweptNetwork(
                        network,
                        SyntheticTensors.batch(network, rows, "sweep.", 0),
                        new GaussianNll(),
                        network.name().startsWith("resnet")));
        Stream<SweptNetwork> sets = Networks.all().stream()
                .filter(family -> family.producers().contains("station-set"))
                .map(family -> ofSets(family, rows));
        return Stream.concat(channels, sets)
                .sorted(Comparator.comparing(SweptNetwork::large))
                .toList();
    }

    private static SweptNetwork ofSets(NetworkFamily family, int rows) {
        NetworkSpec network = family.network(new InputSpec(
                "station-set", Map.of("station_count", Integer.toString(STATIONS)), List.of(), List.of()));
        Batch plain = SetCases.batch(STATIONS, STATIONS, rows, 0);
        Map<String, FloatTensor> inputs = new LinkedHashMap<>(plain.inputs());
        network.inputs().stream()
                .filter(input -> input.name().equals(SetNet.SPECTROGRAM))
                .forEach(input -> {
                    int[] shape = {
                        rows,
                        STATIONS,
                        input.axes().get(1).length(),
                        input.axes().get(2).length()
                    };
                    float[] values = SyntheticTensors.uniform("sweep.spectrogram", (int) FloatTensor.elements(shape));
                    inputs.put(input.name(), FloatTensor.of(values, shape));
                });
        Batch batch = new Batch(inputs, plain.targets(), plain.sessionIds());
        return new SweptNetwork(network, batch, new DensityNll(), family.name().contains("resnet"));
    }

    /** Returns the first rows of its batch. */
    Batch first(int rows) {
        return new Batch(
                Batches.rows(batch.inputs(), 0, rows),
                FloatTensor.of(Arrays.copyOf(batch.targets().values(), rows * 2), rows, 2),
                batch.sessionIds().subList(0, rows));
    }
}
