package io.heimdall.spark;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall spark locate}: locates the sessions of a catalogue with a model. */
@Command(
        name = "locate",
        description = {
            "Locate the sessions of the catalogue with a model, as heimdall predict does, into a Parquet file: position,"
                    + " spatial median, sigma, covariance, areas of the regions of 50, 68, 90 and 95 %%, and the model's"
                    + " digest.",
            "Sessions of unknown sources are located with --all. Sessions that cannot be located are listed in a table"
                    + " of faults and left out. Features that the store lacks are computed and stored."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall spark locate --workspace network --all --model model.onnx --out located.parquet",
            "  heimdall spark locate --workspace network --all --model v3 --out located.parquet --geojson"
                    + " located.geojson"
        })
final class LocateCommand implements Callable<Integer> {
    private static final String TABLE = "locate-faults.jsonl";
    private static final String OUT = "--out";
    private static final String GEOJSON = "--geojson";
    private static final String MODEL = "--model";

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private RecordingOptions recordings;

    @Option(
            names = MODEL,
            required = true,
            paramLabel = "FILE.onnx|VERSION",
            description = "An exported model, or a registered version or alias.")
    private String model;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = TrainingSettings.MODEL_NAME,
            description = "Name of the registered model (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(names = OUT, required = true, paramLabel = "FILE.parquet", description = "The table.")
    private Path out;

    @Option(
            names = GEOJSON,
            paramLabel = "FILE",
            description = "Also write a GeoJSON file: a point for each position, with the columns of the table.")
    private Path geoJson;

    @Option(
            names = TaskOptions.NAME,
            paramLabel = "N",
            description = "Largest number of sessions of a task, 1.." + TaskOptions.MOST + " (default: "
                    + TaskOptions.USUAL + ").")
    private int perTask = TaskOptions.USUAL;

    private long sessions;
    private long located;

    /** Returns 0, or 1 if nothing was located or a session was left out that another run may locate. */
    @Override
    public Integer call() throws IOException {
        recordings.check(cluster);
        TaskOptions.check(perTask, cluster);
        cluster.checkOutput(OUT, out);
        if (geoJson != null) {
            cluster.checkOutput(GEOJSON, geoJson);
            cluster.checkApart(GEOJSON, geoJson, OUT, out);
        }
        Map<String, String> variables = cluster.variables();
        try (Workspace workspace = cluster.workspace(recordings.workspace());
                Services services = Adapters.open(workspace, variables)) {
            ModelFiles.Found found = ModelFiles.found(services.tracker(), modelName, model);
            Path left = recordings.faults(workspace.directory(), TABLE);
            checkApart(OUT, out, found.file());
            if (geoJson != null) {
                checkApart(GEOJSON, geoJson, found.file());
            }
            check(found.file(), services);
            CarriedModel carried = CarriedModel.of(found);
            try {
                return locate(services, WorkPlace.of(workspace.directory(), variables), carried, left);
            } finally {
                carried.end();
            }
        }
    }

    /** Says what is wrong with a file before anything is begun. */
    private static void check(Path modelFile, Services services) throws IOException {
        try (SessionLocalizer model = SessionLocalizer.open(modelFile, services.objects(), FeatureCache.none(), 1)) {
            LocateWork.predictor(model, services.objects());
        }
    }

    private void checkApart(String option, Path file, Path modelFile) throws IOException {
        recordings.checkApart(option, file, cluster);
        cluster.checkApart(option, file, MODEL, modelFile);
    }

    private int locate(Services services, WorkPlace place, CarriedModel carried, Path left) throws IOException {
        try (LocatedTable table = new LocatedTable(out);
                LocatedMap map = geoJson == null ? null : new LocatedMap(geoJson);
                FaultTable faults = new FaultTable(left)) {
            ProgressLines progress = new ProgressLines("sessions", cluster::note);
            try (Cluster workers = cluster.open();
                    Stream<Session> all = recordings.sessions(services.catalog())) {
                workers.run(
                        all.map(Rows::text),
                        rows -> new long[rows.size()],
                        perTask,
                        new LocateWork(place, workers.share(carried), workers.tries()),
                        outcome -> add(outcome, table, map, faults),
                        progress);
            }
            table.publish();
            if (map != null) {
                map.publish();
            }
            faults.publish();
            report(carried, faults, progress.seconds());
            return located == 0 || faults.passing() > 0 ? 1 : 0;
        }
    }

    private void add(LocateOutcome outcome, LocatedTable table, LocatedMap map, FaultTable faults) {
        sessions++;
        located += outcome.rows().isEmpty() ? 0 : 1;
        outcome.faults().forEach(faults::add);
        try {
            for (Map<String, Object> row : outcome.rows()) {
                table.add(row);
                if (map != null) {
                    map.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(CarriedModel carried, FaultTable faults, double seconds) {
        cluster.say(out + ": " + located + " of " + sessions + " sessions located by " + carried.title() + ", "
                + faults.count() + " left out");
        recordings.report(faults, cluster);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", out.toString());
        result.put("geojson", geoJson == null ? null : geoJson.toString());
        result.put("model", carried.title());
        result.put("model_sha256", carried.sha256());
        result.put("sessions", sessions);
        result.put("located", located);
        recordings.result(faults, result);
        result.put("seconds", seconds);
        cluster.json(result);
    }
}
