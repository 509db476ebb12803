package io.heimdall.spark;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall spark quality}: the quality of each recording of a catalogue. */
@Command(
        name = "quality",
        description = {
            "Measure level, clipping, signal-to-noise ratio, occupied bandwidth and frequency offset of all"
                    + " recordings.",
            "The table has a JSON object a line, in the order of the catalogue, with the names of heimdall inspect"
                    + " --json."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall spark quality --workspace network --out quality.jsonl"})
final class QualityCommand implements Callable<Integer> {
    private static final String TABLE = "quality-faults.jsonl";
    private static final String OUT = "--out";

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private RecordingOptions recordings;

    @Mixin
    private TaskOptions tasks;

    @Option(names = OUT, required = true, paramLabel = "FILE.jsonl", description = "The table.")
    private Path out;

    private long measured;

    /** Returns 0, or 1 if a recording was left out that another run may measure. */
    @Override
    public Integer call() throws IOException {
        recordings.check(cluster);
        tasks.check(cluster);
        cluster.checkOutput(OUT, out);
        Map<String, String> variables = cluster.variables();
        try (Workspace workspace = cluster.workspace(recordings.workspace());
                Services services = Adapters.open(workspace, variables)) {
            Path left = recordings.faults(workspace.directory(), TABLE);
            recordings.checkApart(OUT, out, cluster);
            return measure(workspace, services, variables, left);
        }
    }

    private int measure(Workspace workspace, Services services, Map<String, String> variables, Path left)
            throws IOException {
        try (JsonLines table = new JsonLines(out);
                FaultTable faults = new FaultTable(left)) {
            ProgressLines progress = new ProgressLines("recordings", cluster::note);
            try (Cluster workers = cluster.open();
                    Stream<Session> sessions = recordings.sessions(services.catalog())) {
                workers.run(
                        sessions.flatMap(RecordingRow::of),
                        new RecordingSizes(services.objects()),
                        tasks.perTask(),
                        new QualityWork(WorkPlace.of(workspace.directory(), variables)),
                        outcome -> add(outcome, table, faults),
                        progress);
            }
            table.publish();
            faults.publish();
            report(faults, progress.seconds());
            return faults.passing() > 0 ? 1 : 0;
        }
    }

    private void add(QualityOutcome outcome, JsonLines table, FaultTable faults) {
        if (outcome instanceof QualityOutcome.LeftOut left) {
            faults.add(left.fault());
        } else if (outcome instanceof QualityOutcome.Measured quality) {
            table.add(quality.row());
            measured++;
        }
    }

    private void report(FaultTable faults, double seconds) {
        cluster.say(out + ": quality of " + measured + " recordings, " + faults.count() + " left out");
        recordings.report(faults, cluster);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", out.toString());
        result.put("recordings", measured + faults.count());
        result.put("measured", measured);
        recordings.result(faults, result);
        result.put("seconds", seconds);
        cluster.json(result);
    }
}
