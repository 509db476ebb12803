package io.heimdall.architecture;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Observation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes the inputs of a {@link LevelProducer}. */
record LevelAssembler(InputSpec input, List<String> known, RecordingFeatures features) implements Assembler {
    static final String LEVEL = "level";
    static final String HEARD = "heard";
    static final String STATIONS = "test_stations";
    static final String FEATURES = "test_features";
    static final String MEAN = "test_mean";
    static final String DEVIATION = "test_deviation";
    static final String BETWEEN = "\n";

    static InputSpec spec(List<String> stations, double mean, double deviation, FeatureParameters features) {
        TensorSpec level = TensorSpec.floats(LEVEL, stations.size());
        TensorSpec flag = new TensorSpec(HEARD, TensorSpec.Type.FLAG, List.of(Axis.of(stations.size())));
        Formula standard = new Formula.Standard(new Formula.Given(LEVEL), mean, deviation);
        Formula heard = new Formula.Given(HEARD);
        return new InputSpec(
                LevelProducer.ID,
                Map.of(
                        STATIONS, String.join(BETWEEN, stations),
                        FEATURES, features.canonical(),
                        MEAN, Double.toString(mean),
                        DEVIATION, Double.toString(deviation)),
                List.of(level, flag),
                List.of(
                        new NetworkTensor(level, new Formula.Choose(heard, standard, new Formula.Constant(0))),
                        new NetworkTensor(TensorSpec.floats(HEARD, stations.size()), heard)));
    }

    @Override
    public List<String> stations() {
        return known;
    }

    @Override
    public List<Observation> observations(Session session) {
        return List.of(new Observation(session.id(), session));
    }

    @Override
    public Map<String, FloatTensor> given(Observation observation) {
        float[] level = new float[known.size()];
        float[] heard = new float[known.size()];
        observation.session().measurements().forEach(measurement -> {
            int at = known.indexOf(measurement.station().name());
            if (at >= 0 && measurement.recorded().isPresent()) {
                float[] decibels = features.of(measurement);
                level[at] = (float) IntStream.range(0, decibels.length)
                        .mapToDouble(i -> decibels[i])
                        .average()
                        .orElseThrow();
                heard[at] = 1;
            }
        });
        return Map.of(LEVEL, FloatTensor.of(level, level.length), HEARD, FloatTensor.of(heard, heard.length));
    }

    @Override
    public Map<String, FloatTensor> learned(Observation observation, Augmentation augmentation, long seed) {
        Map<String, FloatTensor> row = new TreeMap<>();
        given(observation).forEach((name, one) -> row.put(name, FloatTensor.of(one.values(), 1, known.size())));
        Map<String, FloatTensor> learned = new TreeMap<>();
        input.prepare(row).forEach((name, batch) -> learned.put(name, FloatTensor.of(batch.values(), known.size())));
        return learned;
    }

    @Override
    public String fingerprint(Observation observation) {
        return observation.session().measurements().toString();
    }

    @Override
    public String fingerprint() {
        return input.parameters().toString();
    }
}
