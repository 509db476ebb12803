package io.heimdall.app.service;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One client that follows a job. Nothing is written before the client has taken what was written before, and no queue grows: what
 * is next follows from how many epochs the client has.
 */
final class EventStream implements WriteListener {
    private static final byte[] BEAT = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private ServletOutputStream out;
    private boolean possible;
    private List<byte[]> epochs = List.of();
    private byte[] state;
    private boolean last;
    private boolean beat;
    private boolean flushed = true;
    private int sentEpochs;
    private boolean finished;

    /** Sends the head of the answer, and what is known by now; returns at once. */
    void open(Context context) throws IOException {
        context.req().startAsync(context.req(), context.res()).setTimeout(0);
        context.future(() -> ended);
        synchronized (this) {
            out = context.res().getOutputStream();
            out.setWriteListener(this);
        }
    }

    /** Completes when the stream has ended or its client has gone away. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /**
     * Tells how the job stands; returns at once.
     *
     * @param newEpochs all events of epochs so far
     * @param newState the event of the present state
     * @param isLast whether the stream ends with it
     */
    synchronized void tell(List<byte[]> newEpochs, byte[] newState, boolean isLast) {
        epochs = newEpochs;
        state = newState;
        last = isLast;
        write();
    }

    synchronized void beat() {
        beat = true;
        write();
    }

    void close() {
        ended.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        possible = true;
        write();
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    private void write() {
        if (!possible || ended.isDone()) {
            return;
        }
        try {
            while (out.isReady()) {
                byte[] next = next();
                if (next != null) {
                    flushed = false;
                    out.write(next);
                } else if (!flushed) {
                    flushed = true;
                    out.flush();
                } else {
                    if (finished) {
                        close();
                    }
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) { // the client has gone away
            close();
        }
    }

    private byte[] next() {
        byte[] next = null;
        if (finished) {
            return next;
        } else if (sentEpochs < epochs.size()) {
            next = epochs.get(sentEpochs++);
        } else if (state != null) {
            next = state;
            finished = last;
            state = null;
        } else if (beat) {
            next = BEAT;
        }
        beat &= next == null;
        return next;
    }
}
