package io.heimdall.architecture;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Producer;
import java.util.List;
import java.util.Map;

/** A producer that the library does not know: two inputs, the level at each station and whether the station heard the session. */
public final class LevelProducer implements Producer {
    static final String ID = "test-levels";

    /** For the service loader. */
    public LevelProducer() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String wanted() {
        return "recordings";
    }

    @Override
    public boolean takes(Session session) {
        return session.isRecorded();
    }

    @Override
    public long rows(List<Session> training) {
        return training.size();
    }

    @Override
    public InputSpec example() {
        return LevelAssembler.spec(List.of("any"), -80, 10, FeatureParameters.network());
    }

    @Override
    public Assembler fit(
            List<Session> training, RunningStatistics statistics, PlaneScale scale, RecordingFeatures features) {
        List<String> stations = training.stream()
                .flatMap(session -> session.measurements().stream())
                .map(measurement -> measurement.station().name())
                .distinct()
                .sorted()
                .toList();
        return new LevelAssembler(
                LevelAssembler.spec(stations, statistics.mean(), statistics.standardDeviation(), features.parameters()),
                stations,
                features);
    }

    @Override
    public Assembler restore(Map<String, String> parameters, FeatureSource recordings) {
        List<String> stations = List.of(parameters.get(LevelAssembler.STATIONS).split(LevelAssembler.BETWEEN));
        FeatureParameters features = FeatureParameters.parse(parameters.get(LevelAssembler.FEATURES));
        InputSpec input = LevelAssembler.spec(
                stations,
                Double.parseDouble(parameters.get(LevelAssembler.MEAN)),
                Double.parseDouble(parameters.get(LevelAssembler.DEVIATION)),
                features);
        return new LevelAssembler(input, stations, recordings.with(features));
    }
}
