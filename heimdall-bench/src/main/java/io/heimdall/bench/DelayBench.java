package io.heimdall.bench;

import io.heimdall.features.delay.Delay;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.features.delay.DelayEstimator;
import io.heimdall.features.delay.TimedRecording;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures delays on request: reads lines {@code fileA fileB rateHz metres offsetHz milliseconds}, answers each with the least
 * nanoseconds, the delay and its sigma. The files are cf32, and in memory when the clock runs.
 */
public final class DelayBench {
    private final Map<String, float[]> files = new HashMap<>();

    private DelayBench() {}

    /** Serves standard input until it ends. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DelayBench bench = new DelayBench();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            double rate = Double.parseDouble(words[2]);
            DelayEstimator estimator = DelayEstimator.withinMetres(Double.parseDouble(words[3]))
                    .withMaxOffsetHz(Double.parseDouble(words[4]));
            System.out.println(measure(
                    estimator, bench.timed(words[0], rate), bench.timed(words[1], rate), Long.parseLong(words[5])));
        }
    }

    private TimedRecording timed(String file, double rateHz) throws IOException {
        float[] samples = files.get(file);
        if (samples == null) {
            ReadOptions options = ReadOptions.defaults().withFormat("cf32").withSampleRateHz(rateHz);
            try (Recording recording = Recordings.open(Path.of(file), options)) {
                samples = new float[Math.toIntExact(2 * recording.info().samples())];
                recording.read(0, samples, 0, samples.length / 2);
            }
            files.put(file, samples);
        }
        return new TimedRecording(Recordings.of(samples, true, rateHz), Instant.EPOCH, 1e-7, 1);
    }

    private static String measure(DelayEstimator estimator, TimedRecording a, TimedRecording b, long milliseconds)
            throws IOException {
        long least = Long.MAX_VALUE;
        Delay delay;
        long end = System.nanoTime() + milliseconds * 1_000_000;
        do {
            long begin = System.nanoTime();
            delay = estimator.estimate(a, b);
            least = Math.min(least, System.nanoTime() - begin);
        } while (System.nanoTime() < end);
        DelayEstimate estimate = (DelayEstimate) delay;
        return least + " " + estimate.delaySeconds() + " " + estimate.signalSigmaSeconds();
    }
}
