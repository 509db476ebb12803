package io.heimdall.app.service;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One client that follows a job. Nothing is written before the client has taken what was written before, and no queue grows: what
 * is next follows from how much the client has.
 */
final class EventStream implements WriteListener {
    private static final byte[] BEAT = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Supplier<JobNews> news;
    private ServletOutputStream out;
    private boolean possible;
    private JobNews seen = JobNews.NONE;
    private boolean beat;
    private boolean flushed = true;
    private int sent;
    private boolean finished;

    /**
     * Begins with nothing sent.
     *
     * @param news gives the newest that there is
     */
    EventStream(Supplier<JobNews> news) {
        this.news = news;
    }

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

    /** Sends what is new, as far as the client takes it; returns at once. */
    synchronized void look() {
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
                if (writesNext()) {
                    flushed = false;
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

    /** Writes one thing, and returns whether there was any. */
    private boolean writesNext() throws IOException {
        JobNews now = news.get();
        int known = now.epochs().length;
        if (finished) {
            return false;
        } else if (sent < known) {
            out.write(now.epochs(), sent, known - sent);
            sent = known;
        } else if (now != seen) {
            out.write(now.state());
            finished = now.last();
            seen = now;
        } else if (beat) {
            out.write(BEAT);
        } else {
            return false;
        }
        beat = false;
        return true;
    }
}
