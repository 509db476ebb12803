package io.heimdall.app.service;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the body of a request without a thread: Jetty calls {@link #run} when bytes have arrived, and the request goes on when
 * the body is whole, too long or too slow.
 *
 * <p>A client that is still sending when the connection closes may never read the answer. The body of a request that is refused
 * is therefore received too, and thrown away, for some seconds.
 */
final class BodyReceipt implements Invocable.Task {
    private static final Logger LOG = LoggerFactory.getLogger(BodyReceipt.class);
    private static final double LEAST_BYTES_A_SECOND = 4096;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MOST_MORE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MOST_UNWANTED = 64 << 20;

    private final Request request;
    private final long most;
    private final ReceivedBody body;
    private final Next next;
    private final long begun = System.nanoTime();
    /** Not the same for all: clients that came together are not refused together. */
    private final long grace = GRACE_NANOS + ThreadLocalRandom.current().nextLong(MOST_MORE_NANOS);

    private Problem refusal;
    private long received;

    /** What comes after the receipt; one of its methods is called once, and none may block. */
    interface Next {
        /** Goes on with the whole body. */
        void whole();

        /** Answers that the body is not to be used. */
        void refused(Problem problem);

        /** Ends the request of a client that has gone away. */
        void gone(Throwable failure);
    }

    /**
     * Makes a receipt, which {@link #run} begins.
     *
     * @param most bytes that are taken
     * @param body to be filled
     * @param refusal of a request whose body is not wanted
     */
    BodyReceipt(Request request, long most, ReceivedBody body, Optional<Problem> refusal, Next next) {
        this.request = request;
        this.most = most;
        this.body = body;
        this.refusal = refusal.orElse(null);
        this.next = next;
    }

    /** Returns that a selector's thread may run it: what arrives is copied, and nothing is waited for. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            take(chunk);
            chunk.release();
            if (last || isEnough()) {
                if (refusal == null) {
                    next.whole();
                } else {
                    next.refused(refusal);
                }
                return;
            }
        }
    }

    private void failed(Throwable failure) {
        if (refusal != null) {
            next.refused(refusal);
        } else if (failure instanceof TimeoutException) {
            next.refused(Problem.tooSlow());
        } else if (failure instanceof HttpException refused && refused.getCode() < 500) {
            next.refused(Problem.badRequest("the body is not sent as HTTP says").with("Connection", "close"));
        } else {
            next.gone(failure);
        }
    }

    private void take(Content.Chunk chunk) {
        received += chunk.remaining();
        if (refusal == null && received > most) {
            refuse(Problem.tooLarge(most));
        }
        try {
            if (refusal == null && !body.append(chunk.getByteBuffer())) {
                refuse(Problem.busy("the bodies of other requests take all the room there is", 5));
            }
        } catch (IOException e) {
            LOG.error("a request's body cannot be kept: {}", e.getMessage());
            refuse(Problem.busy("the service has no room for the body; its log says why", 60));
        }
    }

    private void refuse(Problem problem) {
        refusal = problem;
        body.close();
    }

    /** Returns whether no more is to be received, though more may come. */
    private boolean isEnough() {
        long nanos = System.nanoTime() - begun;
        if (refusal != null) {
            return received > MOST_UNWANTED || nanos > GRACE_NANOS;
        }
        if (nanos > grace && received < LEAST_BYTES_A_SECOND * nanos / 1e9) {
            refuse(Problem.tooSlow());
            return true;
        }
        return false;
    }
}
