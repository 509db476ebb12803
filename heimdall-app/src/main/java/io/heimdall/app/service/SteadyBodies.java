package io.heimdall.app.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Cuts off a body that trickles in, of whatever kind: it holds a thread for nothing.
 *
 * <p>Jetty's own handler of this purpose adds up the bytes of all requests.
 */
final class SteadyBodies extends Handler.Wrapper {
    private static final double LEAST_BYTES_A_SECOND = 4096;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Timed(request), response, callback);
    }

    /** A request that counts what it reads. */
    private static final class Timed extends Request.Wrapper {
        private long begun;
        private long bytes;

        Timed(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            if (begun == 0) {
                begun = System.nanoTime();
            }
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                bytes += chunk.remaining();
            }
            long nanos = System.nanoTime() - begun;
            boolean more = chunk == null || !chunk.isLast();
            if (!more || nanos < GRACE_NANOS || bytes >= LEAST_BYTES_A_SECOND * nanos / 1e9) {
                return chunk;
            }
            if (chunk != null) {
                chunk.release();
            }
            return Content.Chunk.from(new TimeoutException("the body comes too slowly"), true);
        }
    }
}
