package io.heimdall.features.spectrum;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Work in parts, one thread each, the caller's among them. */
final class SharedWork {
    private SharedWork() {}

    interface Part {
        void run(int part) throws IOException;
    }

    /** Runs all parts to their end, then throws what the first of them threw, if any did. */
    static void share(int parts, Part work) throws IOException {
        Throwable[] failures = new Throwable[parts];
        Thread[] threads = new Thread[parts];
        for (int i = 1; i < parts; i++) {
            int part = i;
            threads[i] = new Thread(() -> attempt(work, part, failures), "heimdall-features-" + part);
            threads[i].setDaemon(true);
            threads[i].start();
        }
        attempt(work, 0, failures);
        for (int i = 1; i < parts; i++) {
            try {
                threads[i].join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while features were computed");
            }
        }
        for (Throwable failure : failures) {
            rethrow(failure);
        }
    }

    private static void attempt(Part work, int part, Throwable[] failures) {
        try {
            work.run(part);
        } catch (IOException | RuntimeException | Error e) {
            failures[part] = e;
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
