package io.heimdall.pipeline.training;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Station;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A catalogue of some sessions of another one. Nothing can be added to it, and it leaves the other one open.
 *
 * @param whole catalogue that knows stations and training datasets
 * @param some sessions of it, as a filter has left them
 */
record SomeSessions(RecordingCatalog whole, List<Session> some) implements RecordingCatalog {
    @Override
    public List<Station> stations() {
        return whole.stations();
    }

    @Override
    public Stream<Session> sessions() {
        return some.stream();
    }

    /** Returns all: the filter has chosen already, and a second time would count what it leaves out among the few. */
    @Override
    public Stream<Session> sessions(SessionFilter filter) {
        return some.stream();
    }

    @Override
    public void check(SessionFilter filter) {
        whole.check(filter);
    }

    @Override
    public List<String> trainingDatasets() {
        return whole.trainingDatasets();
    }

    @Override
    public Stream<Session> allSessions() {
        return some.stream();
    }

    @Override
    public Optional<Session> session(String id) {
        return some.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    @Override
    public void addAll(Collection<Session> sessions) {
        throw new UnsupportedOperationException("sessions are added to the whole catalogue");
    }

    @Override
    public void close() {}
}
