package io.heimdall.servers.testing;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Deeds that spend their time waiting for a server, done at once instead of one after the other. */
public final class SideBySide {

    private SideBySide() {}

    /** What each of them threw, null for one that threw nothing. */
    public static List<Throwable> faults(List<ThrowingCallable> deeds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
        try {
            List<Future<Throwable>> running = new ArrayList<>();
            deeds.forEach(deed -> running.add(threads.submit(() -> catchThrowable(deed))));
            List<Throwable> faults = new ArrayList<>();
            for (Future<Throwable> one : running) {
                faults.add(one.get());
            }
            return faults;
        } finally {
            threads.shutdownNow();
        }
    }
}
