package io.heimdall.app.service;

import io.heimdall.files.DaemonThreads;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Counts the connections, and closes those on which the head of a request arrives too slowly.
 *
 * <p>A connection costs memory and a file descriptor, never a thread. Connections beyond the limit are told so by a 503 answer to
 * their first request; they have {@value #SPARE_IDLE_MILLIS} ms to send it.
 */
final class Connections implements Connection.Listener, AutoCloseable {
    /** Connections beyond the limit that may be open at a time, to be answered. */
    static final int SPARE = 256;

    private static final long SPARE_IDLE_MILLIS = 2000;
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SWEEP_MILLIS = 1000;

    private final int most;
    private final Map<Connection, Head> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-connections"));

    Connections(int most) {
        this.most = most;
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        boolean beyond = open.size() >= most;
        open.put(connection, new Head(beyond));
        if (beyond) {
            connection.getEndPoint().setIdleTimeout(SPARE_IDLE_MILLIS);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    int count() {
        return open.size();
    }

    int most() {
        return most;
    }

    /** Returns whether there were as many connections as allowed when this one was opened. */
    boolean isBeyondLimit(Object connection) {
        Head head = connection instanceof Connection known ? open.get(known) : null;
        return head != null && head.beyondLimit;
    }

    private void sweep() {
        long now = System.nanoTime();
        open.forEach((connection, head) -> {
            if (head.isLate(connection, now)) {
                refuse(connection.getEndPoint());
            }
        });
    }

    private static void refuse(EndPoint end) {
        byte[] document = Answers.bytes(
                new Problem(408, "Request timeout", "the head of the request comes too slowly").document("/"));
        String head = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: " + Problem.CONTENT_TYPE
                + "\r\nContent-Length: " + document.length + "\r\n\r\n";
        try {
            end.write(
                    Callback.from(end::close, failure -> end.close()),
                    ByteBuffer.wrap(head.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    ByteBuffer.wrap(document));
        } catch (RuntimeException e) { // an answer is under way after all
            end.close();
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    /** The head of a request that has begun to arrive, as far as one look a second can tell. */
    private static final class Head {
        private final boolean beyondLimit;
        private long requests;
        private long bytes;
        private long begun;

        Head(boolean beyondLimit) {
            this.beyondLimit = beyondLimit;
        }

        boolean isLate(Connection connection, long now) {
            long received = connection.getBytesIn();
            long begunRequests = connection.getMessagesIn();
            boolean answering = begunRequests != connection.getMessagesOut();
            if (answering || begunRequests != requests) {
                requests = begunRequests;
                bytes = received;
                begun = 0;
            } else if (begun == 0) {
                begun = received > bytes ? now : 0;
            } else {
                return now - begun > HEAD_NANOS;
            }
            return false;
        }
    }
}
