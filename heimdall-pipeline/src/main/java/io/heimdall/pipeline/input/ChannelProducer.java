package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Spectrograms as the channels of one image. */
sealed interface ChannelProducer extends Producer {

    /** Returns the number of channels. */
    int channels(ChannelParameters parameters);

    /** Returns the observations of a session. */
    List<Observation> observations(Session session, ChannelParameters parameters);

    /** Returns the recording of each channel; empty for a station that heard nothing. */
    List<Optional<Measurement>> recordings(Session session, ChannelParameters parameters);

    /** Returns the stations of the channels. */
    List<String> stations(List<Session> training);

    @Override
    default String wanted() {
        return "recordings";
    }

    @Override
    default boolean takes(Session session) {
        return session.isRecorded();
    }

    /** Returns the measurements that have a recording. */
    private static Stream<Measurement> recorded(Session session) {
        return session.measurements().stream()
                .filter(measurement -> measurement.recorded().isPresent());
    }

    @Override
    default Assembler fit(
            List<Session> training, RunningStatistics statistics, PlaneScale scale, RecordingFeatures features) {
        double mean = statistics.mean();
        double deviation = Math.max(statistics.standardDeviation(), 1e-3);
        // A station that heard nothing: below whatever the others hear, but not so far that it drowns them.
        double absent = mean - 3 * deviation;
        return new ChannelAssembler(
                this,
                new ChannelParameters(features.parameters(), stations(training), absent, mean, deviation),
                features);
    }

    @Override
    default InputSpec example() {
        ChannelParameters one = new ChannelParameters(FeatureParameters.network(), List.of("any"), -100, -80, 10);
        return ChannelAssembler.spec(this, one);
    }

    @Override
    default Assembler restore(Map<String, String> parameters, FeatureSource recordings) {
        ChannelParameters parsed = ChannelParameters.parse(parameters);
        return new ChannelAssembler(this, parsed, recordings.with(parsed.features()));
    }

    /** A channel for each station of the training sessions: levels beside each other carry the position. */
    record Stations() implements ChannelProducer {
        @Override
        public String id() {
            return "stations";
        }

        @Override
        public long rows(List<Session> training) {
            return training.stream().filter(this::takes).count();
        }

        @Override
        public int channels(ChannelParameters parameters) {
            return parameters.stations().size();
        }

        @Override
        public List<Observation> observations(Session session, ChannelParameters parameters) {
            boolean heard = recordings(session, parameters).stream().anyMatch(Optional::isPresent);
            return heard ? List.of(new Observation(session.id(), session)) : List.of();
        }

        @Override
        public List<Optional<Measurement>> recordings(Session session, ChannelParameters parameters) {
            return parameters.stations().stream()
                    .map(station -> recorded(session)
                            .filter(m -> m.station().name().equals(station))
                            .findFirst())
                    .toList();
        }

        @Override
        public List<String> stations(List<Session> training) {
            return training.stream()
                    .flatMap(ChannelProducer::recorded)
                    .map(measurement -> measurement.station().name())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** One recording by itself, repeated as pretrained networks of three colours expect it. */
    record SingleReceiver() implements ChannelProducer {
        private static final int COLOURS = 3;

        @Override
        public String id() {
            return "single-receiver";
        }

        @Override
        public long rows(List<Session> training) {
            return training.stream()
                    .mapToLong(session -> session.recordings().size())
                    .sum();
        }

        @Override
        public int channels(ChannelParameters parameters) {
            return COLOURS;
        }

        @Override
        public List<Observation> observations(Session session, ChannelParameters parameters) {
            return recorded(session)
                    .map(m -> new Observation(session.id() + "/" + m.station().name(), session.heardBy(List.of(m))))
                    .toList();
        }

        @Override
        public List<Optional<Measurement>> recordings(Session session, ChannelParameters parameters) {
            return Collections.nCopies(
                    COLOURS, Optional.of(session.measurements().get(0)));
        }

        @Override
        public List<String> stations(List<Session> training) {
            return List.of();
        }
    }
}
