package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The producer of sets: the stations of a session, in any number, with their positions. */
public final class SetProducer implements Producer {
    /** Makes the producer. */
    public SetProducer() {}

    @Override
    public String id() {
        return SetInput.PRODUCER;
    }

    @Override
    public long rows(List<Session> training) {
        return training.size();
    }

    @Override
    public boolean readsSpectrograms(NetworkSpec network) {
        return SetAssembler.readsSpectrograms(network);
    }

    @Override
    public String wanted() {
        return "recordings or levels";
    }

    @Override
    public boolean takes(Session session) {
        return !session.levels().isEmpty();
    }

    @Override
    public float plausible(TensorSpec given, Random random) {
        return switch (given.name()) {
            case SetInput.FREQUENCY -> (float) (1e8 * (1 + random.nextDouble()));
            case SetInput.POSITION -> (float) (45 + random.nextGaussian());
            case SetInput.RECORDED -> random.nextInt(2);
            default -> Producer.super.plausible(given, random);
        };
    }

    /** Returns the same unit for both axes, so that distances are what they are. */
    @Override
    public PlaneScale scale(PlaneScale fitted) {
        return SetInput.scale(fitted);
    }

    @Override
    public InputSpec example() {
        return example(1);
    }

    @Override
    public InputSpec example(int stations) {
        Map<String, Optional<GeoPoint>> known = new LinkedHashMap<>();
        IntStream.rangeClosed(1, stations).forEach(i -> known.put("station " + i, Optional.empty()));
        return SetInput.of(new SetParameters(
                FeatureParameters.network(), known, new LocalPlane(0, 0), 1000, -80, 10, 100e6, false));
    }

    @Override
    public Assembler fit(
            List<Session> training, RunningStatistics statistics, PlaneScale scale, RecordingFeatures features) {
        RunningStatistics carriers = new RunningStatistics();
        RunningStatistics levels = new RunningStatistics();
        for (Session session : training) {
            carriers.add(Math.log(session.frequencyHz()));
            session.levels().forEach(level -> levels.add(level.decibels()));
        }
        RunningStatistics decibels = statistics.count() > 0 ? statistics : levels;
        StationReports stations = StationReports.of(training, scale.plane());
        SetParameters parameters = new SetParameters(
                features.parameters(),
                stations.stations(),
                scale.plane(),
                scale.metres().scaleEast(),
                decibels.mean(),
                Math.max(1e-3, decibels.standardDeviation()),
                Math.exp(carriers.mean()),
                stations.absentAreSilent());
        return new SetAssembler(parameters, features);
    }

    @Override
    public void checkSimulated(List<Session> training) {
        SetWorld.check(training);
    }

    @Override
    public Assembler restore(Map<String, String> parameters, FeatureSource recordings) {
        SetParameters parsed = SetParameters.parse(parameters);
        return new SetAssembler(parsed, recordings.with(parsed.features()));
    }
}
