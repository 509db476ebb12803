package io.heimdall.servers.postgres;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.files.Attempts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.result.ResultIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in the order of their ids, through a server-side cursor.
 *
 * <p>The cursor needs a connection and a transaction, but may be given up at any moment: it is then opened again after
 * the last session that was read. So a server that restarts loses nothing and doubles nothing, and a stream that nobody
 * reads to its end holds no connection for long.
 */
final class SessionCursor implements Iterator<Session>, PostgresConnections.Borrower {

    /** Sessions made ahead: how far the reader can go without the connection. */
    private static final int PAGE = 256;

    /** Rows that the driver holds; both a transaction and this are needed, or it reads everything into memory. */
    private static final int FETCH_ROWS = 2_000;

    private static final int FAULTS_TOLD = 20;
    private static final Logger LOG = LoggerFactory.getLogger(SessionCursor.class);

    private final PostgresConnections connections;
    private final SessionQuery query;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Session> page = new ArrayDeque<>();
    private Handle handle;
    private ResultIterator<SessionRow> rows;
    private SessionRow ahead;
    private String last = "";
    private boolean ended;
    private long faults;
    private volatile long usedAt = System.nanoTime();

    SessionCursor(PostgresConnections connections, SessionQuery query) {
        this.connections = connections;
        this.query = query;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && !ended) {
            fill();
        }
        return !page.isEmpty();
    }

    @Override
    public Session next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void fill() {
        lock.lock();
        try {
            for (Attempts attempts = connections.attempts(); ; ) {
                try {
                    read(attempts);
                    return;
                } catch (JdbiException e) {
                    release();
                    if (!page.isEmpty()) {
                        return; // these are good; the next call goes on from there
                    }
                    connections.giveUpUnlessPassing(e, attempts);
                }
            }
        } finally {
            usedAt = System.nanoTime();
            lock.unlock();
        }
    }

    private void read(Attempts attempts) {
        if (rows == null) {
            open();
        }
        while (page.size() < PAGE) {
            List<SessionRow> session = nextSession();
            if (session.isEmpty()) {
                end();
                return;
            }
            session(session).ifPresent(page::add);
            last = session.get(0).id();
            attempts.progress();
        }
    }

    private void open() {
        handle = connections.openFor(this);
        handle.begin();
        handle.setReadOnly(true);
        rows = query.after(handle, last)
                .setFetchSize(FETCH_ROWS)
                .map((row, context) -> SessionRow.of(row))
                .iterator();
        ahead = rows.hasNext() ? rows.next() : null;
    }

    /** The rows of one session, and one row further to know that they are all. */
    private List<SessionRow> nextSession() {
        List<SessionRow> session = new ArrayList<>();
        while (ahead != null && (session.isEmpty() || session.get(0).id().equals(ahead.id()))) {
            session.add(ahead);
            ahead = rows.hasNext() ? rows.next() : null;
        }
        return session;
    }

    private Optional<Session> session(List<SessionRow> rows) {
        SessionRow first = null;
        List<Measurement> measurements = new ArrayList<>();
        for (SessionRow row : rows) {
            if (row.session().isEmpty()) {
                skip(row.fault());
                continue;
            }
            Measurement measurement = row.session().get().measurements().get(0);
            if (first == null) {
                first = row;
            }
            if (!first.key().equals(row.key())) {
                skip("session " + row.key() + " has the task id " + row.id() + " of session " + first.key());
            } else if (!has(measurements, measurement.station())) {
                measurements.add(measurement);
            } else if (measurement.recorded().isPresent()) { // a station may give any number of levels meanwhile
                skip("session " + row.id() + " has station '"
                        + measurement.station().name() + "' twice; its first recording counts");
            }
        }
        return first == null ? Optional.empty() : first.session().map(session -> session.heardBy(measurements));
    }

    private static boolean has(List<Measurement> measurements, Station station) {
        return measurements.stream().anyMatch(m -> m.station().name().equals(station.name()));
    }

    private void skip(String fault) {
        if (faults++ < FAULTS_TOLD) {
            LOG.warn("{} is left out: {}", connections, fault);
        }
    }

    private void end() {
        ended = true;
        if (faults > FAULTS_TOLD) {
            LOG.warn(
                    "{}: {} measurements were left out, of which the first {} are listed",
                    connections,
                    faults,
                    FAULTS_TOLD);
        }
        release();
    }

    /** Gives the connection back; the next read opens the cursor again where it stood. */
    private void release() {
        Handle old = handle;
        handle = null;
        rows = null;
        ahead = null;
        connections.released(this);
        if (old != null) {
            try {
                old.rollback();
                old.close();
            } catch (JdbiException alreadyLost) {
                LOG.debug("{}: the cursor's connection was lost already", connections, alreadyLost);
                closeQuietly(old);
            }
        }
    }

    private static void closeQuietly(Handle handle) {
        try {
            handle.close();
        } catch (JdbiException alreadyLost) {
            LOG.debug("closing a lost connection", alreadyLost);
        }
    }

    @Override
    public long usedAt() {
        return usedAt;
    }

    @Override
    public boolean releaseIfIdle() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            release();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream. */
    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            page.clear();
            release();
        } finally {
            lock.unlock();
        }
    }
}
