package io.heimdall.app.service;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Sends an answer when its making has ended and its thread is free: a client that reads slowly costs no thread.
 *
 * <p>Streams of events are not kept back; they are written without blocking anyway. A client that takes an answer too slowly is
 * cut off.
 */
final class WholeAnswers extends Handler.Wrapper {
    private static final String ANSWER = "heimdall.answer";
    private static final long LEAST_BYTES_A_SECOND = 4096;
    private static final long GRACE_SECONDS = 30;
    private static final int SMALL = 16 << 10;
    private static final long MOST_BYTES = 64 << 20;

    private final Room room = new Room(MOST_BYTES);

    /** Answers by the content of a file, which is not read into memory. */
    static void file(Context context, Path file) {
        Answer answer = context.attribute(ANSWER);
        answer.file = file;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answer answer = new Answer(request, response);
        request.setAttribute(ANSWER, answer);
        return super.handle(request, answer, Callback.from(() -> send(request, answer, callback), callback::failed));
    }

    private void send(Request request, Answer answer, Callback callback) {
        if (answer.streams) {
            callback.succeeded();
            return;
        }
        EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
        Path file = answer.file;
        try {
            if (file != null && answer.isOk()) {
                long size = Files.size(file);
                answer.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
                Content.copy(
                        Content.Source.from(new ByteBufferPool.Sized(null), file),
                        answer.getWrapped(),
                        inTime(request, end, size, callback));
                return;
            }
        } catch (IOException e) {
            callback.failed(e);
            return;
        }
        ByteBuffer content = answer.content();
        int size = content.remaining();
        boolean counts = size > SMALL;
        if (counts && !room.take(size)) {
            answer.reset();
            Response.writeError(request, answer.getWrapped(), callback, 503);
            return;
        }
        Callback sent = inTime(request, end, size, callback);
        answer.getWrapped().write(true, content, counts ? Callback.from(sent, () -> room.giveBack(size)) : sent);
    }

    /** Closes the connection if the answer has not gone when it should have. */
    private static Callback inTime(Request request, EndPoint end, long size, Callback callback) {
        Scheduler scheduler = request.getComponents().getScheduler();
        Scheduler.Task late =
                scheduler.schedule(end::close, GRACE_SECONDS + size / LEAST_BYTES_A_SECOND, TimeUnit.SECONDS);
        return Callback.from(late::cancel, callback);
    }

    /** An answer that is kept until it is whole, unless it is a stream. */
    private static final class Answer extends Response.Wrapper {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
        private Path file;
        private boolean streams;
        private boolean ended;

        Answer(Request request, Response wrapped) {
            super(request, wrapped);
        }

        /** Returns whether the status is 200, which it also is where nobody has set one. */
        boolean isOk() {
            return getStatus() == 0 || getStatus() == 200;
        }

        ByteBuffer content() {
            return ByteBuffer.wrap(kept.toByteArray());
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            streams |= "text/event-stream".equals(getHeaders().get(HttpHeader.CONTENT_TYPE)) && isOk();
            if (streams) {
                super.write(last, content, callback);
                return;
            }
            if (content != null) {
                byte[] bytes = new byte[content.remaining()];
                content.get(bytes);
                kept.writeBytes(bytes);
            }
            ended |= last;
            callback.succeeded();
        }

        @Override
        public boolean isCommitted() {
            return kept.size() > 0 || ended || super.isCommitted();
        }

        @Override
        public boolean hasLastWrite() {
            return ended || super.hasLastWrite();
        }

        @Override
        public void reset() {
            kept.reset();
            ended = false;
            super.reset();
        }
    }
}
