package io.heimdall.pipeline.input;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Spectrograms as the channels of one image.
 *
 * @param layout of the channels
 */
record ChannelProducer(ChannelLayout layout) implements Producer {

    @Override
    public String id() {
        return layout.id();
    }

    @Override
    public long rows(List<Session> training) {
        return layout.rows(training);
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
    public Assembler fit(
            List<Session> training, RunningStatistics statistics, PlaneScale scale, RecordingFeatures features) {
        double mean = statistics.mean();
        double deviation = Math.max(statistics.standardDeviation(), 1e-3);
        // A station that heard nothing: below whatever the others hear, but not so far that it drowns them.
        double absent = mean - 3 * deviation;
        return new ChannelAssembler(
                layout,
                new ChannelParameters(features.parameters(), layout.stations(training), absent, mean, deviation),
                features);
    }

    @Override
    public InputSpec example() {
        return example(1);
    }

    @Override
    public InputSpec example(int stations) {
        List<String> names =
                IntStream.rangeClosed(1, stations).mapToObj(i -> "station " + i).toList();
        return ChannelAssembler.spec(layout, new ChannelParameters(FeatureParameters.network(), names, -100, -80, 10));
    }

    @Override
    public Assembler restore(Map<String, String> parameters, FeatureSource recordings) {
        ChannelParameters parsed = ChannelParameters.parse(parameters);
        return new ChannelAssembler(layout, parsed, recordings.with(parsed.features()));
    }
}
