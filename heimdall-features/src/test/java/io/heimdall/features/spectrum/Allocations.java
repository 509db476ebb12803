package io.heimdall.features.spectrum;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What the current thread allocates on the heap. */
final class Allocations {
    private Allocations() {}

    interface Work {
        void run() throws IOException;
    }

    /**
     * Bytes that repeated work allocates: the least of many rounds, since classes may be loaded in one of them, and
     * vectors are objects until the code that holds them is compiled.
     */
    static long least(Work work) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; least > 0 && round < 4000; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            work.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        return least;
    }
}
