package io.heimdall.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue of stations, sessions and their measurements.
 *
 * <p>Implementations are safe for use by several threads. Every method throws {@link DatasetException} when the
 * database cannot answer.
 */
public interface RecordingCatalog extends AutoCloseable {

    /**
     * Returns all stations that the catalogue knows.
     *
     * @return ordered by name
     */
    List<Station> stations();

    /**
     * Returns the training data: approved, completed sessions of a source whose position is known, which a station heard.
     *
     * @return ordered by id (by Unicode code points), read page by page while it is consumed; it holds no resource and need not be closed
     */
    Stream<Session> sessions();

    /**
     * Returns the part of the training data that a filter lets through.
     *
     * @param filter which measurements are wanted
     * @return as {@link #sessions()}
     * @throws IllegalArgumentException if there is no such training dataset; it names those there are
     */
    default Stream<Session> sessions(SessionFilter filter) {
        filter.trainingDataset().ifPresent(name -> FilterNames.checkDataset(name, trainingDatasets()));
        return sessions().flatMap(session -> filter.of(session).stream());
    }

    /**
     * Checks that what a filter names is there: its training dataset, its stations, and its sessions as training data.
     *
     * @param filter which measurements are wanted
     * @throws IllegalArgumentException naming what is not there, and what is
     */
    default void check(SessionFilter filter) {
        filter.trainingDataset().ifPresent(name -> FilterNames.checkDataset(name, trainingDatasets()));
        if (!filter.stations().isEmpty()) {
            FilterNames.checkStations(filter.stations(), stations());
        }
        if (!filter.sessionIds().isEmpty()) {
            FilterNames.checkSessions(filter.sessionIds(), this::sessions, this::session);
        }
    }

    /**
     * Returns the names of Heimdall's training datasets, which a {@link SessionFilter} can ask for; a workspace keeps none.
     *
     * @return in order
     */
    default List<String> trainingDatasets() {
        return List.of();
    }

    /**
     * Returns every completed session, approved or not, of known and unknown sources.
     *
     * @return as {@link #sessions()}
     */
    Stream<Session> allSessions();

    /**
     * Returns one session, approved or not.
     *
     * @param id its id
     * @return empty if the catalogue has none of this id
     */
    Optional<Session> session(String id);

    /**
     * Adds a session, or replaces the one of the same id; its stations and source are added or brought up to date.
     * Either all of it is written or nothing.
     *
     * @param session to be stored
     */
    default void add(Session session) {
        addAll(List.of(session));
    }

    /**
     * Adds several sessions in one transaction: all or none, and much faster than one by one.
     *
     * @param sessions as for {@link #add}
     */
    void addAll(Collection<Session> sessions);

    /** Ends the connection; safe to call twice. */
    @Override
    void close();
}
