package io.heimdall.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Measures on request: reads lines {@code case threads milliseconds}, answers each with the least nanoseconds a frame and
 * the least bytes allocated a frame. {@code dev/bench.sh features} lets it take turns with other programs.
 */
public final class Bench {
    private Bench() {}

    /** Serves standard input until it ends. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        FeatureCases cases = new FeatureCases();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            System.out.println(
                    measure(cases.of(words[0], Integer.parseInt(words[1])), Long.parseLong(words[2]) * 1_000_000));
        }
    }

    private static String measure(FeatureCases.Case work, long nanoseconds) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long leastTime = Long.MAX_VALUE;
        long leastBytes = Long.MAX_VALUE;
        long end = System.nanoTime() + nanoseconds;
        do {
            long bytes = threads.getThreadAllocatedBytes(self);
            long begin = System.nanoTime();
            work.run();
            leastTime = Math.min(leastTime, System.nanoTime() - begin);
            leastBytes = Math.min(leastBytes, threads.getThreadAllocatedBytes(self) - bytes);
        } while (System.nanoTime() < end);
        return (double) leastTime / work.frames() + " " + (double) leastBytes / work.frames();
    }
}
