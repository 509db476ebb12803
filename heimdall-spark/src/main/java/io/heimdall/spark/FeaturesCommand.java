package io.heimdall.spark;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall spark features}: brings the features of a catalogue's recordings into the feature store. */
@Command(
        name = "features",
        description = {
            "Compute the features of all recordings of the catalogue that the feature store does not have, and store"
                    + " them.",
            "Recordings that cannot be read are listed in a table of faults and left out. A later call does what is"
                    + " missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall spark features --workspace network",
            "  heimdall spark features --workspace network --master spark://127.0.0.1:7077 --conf"
                    + " spark.executor.memory=2g"
        })
final class FeaturesCommand implements Callable<Integer> {
    private static final String TABLE = "features-faults.jsonl";

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private RecordingOptions recordings;

    @Mixin
    private TaskOptions tasks;

    @Option(
            names = "--compact",
            description = "Merge the small files that the tasks have left, as heimdall features --compact does.")
    private boolean compact;

    private long computed;
    private long kept;

    /** Returns 0, or 1 if a recording was left out that another run may do. */
    @Override
    public Integer call() throws IOException {
        recordings.check(cluster);
        tasks.check(cluster);
        Map<String, String> variables = cluster.variables();
        try (Workspace workspace = cluster.workspace(recordings.workspace());
                Services services = Adapters.open(workspace, variables);
                FaultTable faults = new FaultTable(recordings.faults(workspace.directory(), TABLE))) {
            ProgressLines progress = new ProgressLines("recordings", cluster::note);
            compute(services, new FeatureWork(WorkPlace.of(workspace.directory(), variables)), faults, progress);
            faults.publish();
            if (compact) {
                services.features().compact();
            }
            report(services.features().count(), faults, progress.seconds());
            return faults.passing() > 0 ? 1 : 0;
        }
    }

    private void compute(Services services, FeatureWork work, FaultTable faults, ProgressLines progress)
            throws IOException {
        try (Cluster workers = cluster.open();
                Stream<Session> sessions = recordings.sessions(services.catalog())) {
            workers.run(
                    sessions.flatMap(RecordingRow::of),
                    new RecordingSizes(services.objects()),
                    tasks.perTask(),
                    work,
                    outcome -> count(outcome, faults),
                    progress);
        }
    }

    private void count(FeatureOutcome outcome, FaultTable faults) {
        if (outcome instanceof FeatureOutcome.LeftOut left) {
            faults.add(left.fault());
        } else if (outcome instanceof FeatureOutcome.Computed) {
            computed++;
        } else {
            kept++;
        }
    }

    private void report(long entries, FaultTable faults, double seconds) {
        long all = computed + kept + faults.count();
        cluster.say(all + " recordings: features of " + computed + " computed, of " + kept + " in the store already, "
                + faults.count() + " left out");
        recordings.report(faults, cluster);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("recordings", all);
        result.put("computed", computed);
        result.put("kept", kept);
        recordings.result(faults, result);
        result.put("entries", entries);
        result.put("seconds", seconds);
        cluster.json(result);
    }
}
