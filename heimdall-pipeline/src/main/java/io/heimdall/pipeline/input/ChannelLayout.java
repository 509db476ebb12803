package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which recordings of a session are the channels of one image. */
sealed interface ChannelLayout {

    /** Returns the name of the producer. */
    String id();

    /** Returns how many rows the training sessions give. */
    long rows(List<Session> training);

    /** Returns the number of channels. */
    int channels(ChannelParameters parameters);

    /** Returns the observations of a session. */
    List<Observation> observations(Session session, ChannelParameters parameters);

    /** Returns the recording of each channel; empty for a station that heard nothing. */
    List<Optional<Measurement>> recordings(Session session, ChannelParameters parameters);

    /** Returns the stations of the channels. */
    List<String> stations(List<Session> training);

    /** Returns the measurements that have a recording. */
    private static Stream<Measurement> recorded(Session session) {
        return session.measurements().stream()
                .filter(measurement -> measurement.recorded().isPresent());
    }

    /** A channel for each station of the training sessions: levels beside each other carry the position. */
    record Stations() implements ChannelLayout {
        @Override
        public String id() {
            return "stations";
        }

        @Override
        public long rows(List<Session> training) {
            return training.stream().filter(Session::isRecorded).count();
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
                    .flatMap(ChannelLayout::recorded)
                    .map(measurement -> measurement.station().name())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** One recording by itself, repeated as pretrained networks of three colours expect it. */
    record SingleReceiver() implements ChannelLayout {
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
