package io.heimdall.dataset.sample;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How a session's recordings become the channels of the network's input. */
public sealed interface ChannelLayout {

    /** Returns the number of channels. */
    int channels();

    /** Returns the samples of a session: none, one, or one per recording. */
    List<SampleRecipe> recipes(Session session);

    /** Returns the layout in which every recording is a sample and fills three channels. */
    static ChannelLayout singleReceiver() {
        return new SingleReceiver();
    }

    /**
     * Returns the layout with a channel per station.
     *
     * @param names of the stations, in the order of the channels
     */
    static ChannelLayout stations(List<String> names) {
        return new Stations(names);
    }

    /** Every recording by itself, repeated as pretrained networks of three colours expect it. */
    record SingleReceiver() implements ChannelLayout {
        @Override
        public int channels() {
            return 3;
        }

        @Override
        public List<SampleRecipe> recipes(Session session) {
            return session.measurements().stream()
                    .map(m -> new SampleRecipe(
                            session.id() + "/" + m.station().name(),
                            Collections.nCopies(channels(), Optional.of(m)),
                            session.source()))
                    .toList();
        }
    }

    /**
     * All recordings of a session side by side.
     *
     * @param names of the stations, at least one, none twice
     */
    record Stations(List<String> names) implements ChannelLayout {
        /** Checks the names. */
        public Stations {
            names = List.copyOf(names);
            if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
                throw new IllegalArgumentException("stations " + names + " must be at least one, and none twice");
            }
        }

        @Override
        public int channels() {
            return names.size();
        }

        /** Returns one sample, or none if no station of the layout heard the session. */
        @Override
        public List<SampleRecipe> recipes(Session session) {
            List<Optional<Measurement>> channels =
                    names.stream().map(name -> of(session, name)).toList();
            boolean heard = channels.stream().anyMatch(Optional::isPresent);
            return heard ? List.of(new SampleRecipe(session.id(), channels, session.source())) : List.of();
        }

        private static Optional<Measurement> of(Session session, String station) {
            return session.measurements().stream()
                    .filter(m -> m.station().name().equals(station))
                    .findFirst();
        }
    }
}
