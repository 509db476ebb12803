package io.heimdall.servers.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** Lets so many calls to a server run at a time; others wait for their turn. Thread-safe. */
final class S3Permits {
    private final Semaphore free;

    S3Permits(int calls) {
        this.free = new Semaphore(calls);
    }

    /** What is done while others wait. */
    interface Transfer<T> {
        T run() throws IOException;
    }

    <T> T run(Transfer<T> transfer) throws IOException {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the object store");
        }
        try {
            return transfer.run();
        } finally {
            free.release();
        }
    }
}
