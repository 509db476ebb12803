package io.heimdall.tracking.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.MlflowRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares what a file store and a server have, value by value: nothing lost, nothing twice. */
final class SameContent {
    private static final Comparator<MetricPoint> ORDER = Comparator.comparing(MetricPoint::at)
            .thenComparing(MetricPoint::step)
            .thenComparing(MetricPoint::value);

    private SameContent() {}

    /** The server may have runs of other stores too. */
    static void check(FileStoreTracker store, Tracker server) throws IOException {
        Map<String, RunSummary> there = new TreeMap<>();
        List<RunSummary> runs = store.runs();
        List<String> ids = runs.stream().map(RunSummary::id).toList();
        for (RunSummary run : server.runs()) {
            String origin = run.tags().get(MlflowRuns.ORIGIN);
            if (origin != null && ids.contains(origin)) {
                assertThat(there.put(origin, run)).as("second run of " + origin).isNull();
            }
        }
        assertThat(there.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        for (RunSummary run : runs) {
            check(store, run, server, there.get(run.id()));
        }
        for (String model : store.models()) {
            check(store.versions(model), server.versions(model), there);
        }
    }

    private static void check(FileStoreTracker store, RunSummary run, Tracker server, RunSummary other)
            throws IOException {
        Map<String, String> tags = new TreeMap<>(other.tags());
        tags.remove(MlflowRuns.ORIGIN);
        assertThat(tags).isEqualTo(run.tags());
        assertThat(other.experiment()).isEqualTo(run.experiment());
        assertThat(other.name()).isEqualTo(run.name());
        assertThat(other.status()).isEqualTo(run.status());
        assertThat(other.start()).isEqualTo(run.start());
        assertThat(other.end()).isEqualTo(run.end());
        assertThat(other.params()).isEqualTo(run.params());
        assertThat(other.metrics().keySet()).isEqualTo(run.metrics().keySet());
        for (String metric : run.metrics().keySet()) {
            assertThat(server.history(other.id(), metric).stream().sorted(ORDER))
                    .as(metric)
                    .containsExactlyElementsOf(store.history(run.id(), metric).stream()
                            .sorted(ORDER)
                            .toList());
        }
        Path home = store.require(run.id()).artifacts();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                assertThat(server.fetch(other.id(), name)).hasSameBinaryContentAs(file);
            }
        }
    }

    private static void check(List<ModelVersion> own, List<ModelVersion> there, Map<String, RunSummary> runs) {
        assertThat(there).hasSameSizeAs(own);
        for (int i = 0; i < own.size(); i++) {
            assertThat(there.get(i).runId())
                    .isEqualTo(runs.get(own.get(i).runId()).id());
            assertThat(there.get(i).artifact()).isEqualTo(own.get(i).artifact());
            assertThat(there.get(i).aliases()).isEqualTo(own.get(i).aliases());
            assertThat(there.get(i).tags()).isEqualTo(own.get(i).tags());
        }
    }
}
