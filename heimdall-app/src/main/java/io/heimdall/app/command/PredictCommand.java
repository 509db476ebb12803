package io.heimdall.app.command;

import io.heimdall.app.PosteriorJson;
import io.heimdall.dataset.Causes;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.dataset.ingest.TableRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall predict}: locates transmitters with a model file. */
@Command(
        name = "predict",
        description = {
            "Locate transmitters with a model file: positions in degrees with one sigma, and the regions that hold them.",
            "Give the sessions as a table like that of 'ingest' (its source columns may be empty), or the recordings of one"
                    + " transmission one by one. A model with a channel per station needs STATION=FILE for each recording.",
            "With --json each line is an object: session_id, latitude, longitude, sigma_lat_deg, sigma_lon_deg, sigma_east_m,"
                    + " sigma_north_m, covariance (east, north; m^2), mixture (of a network that has one: weight, latitude, longitude,"
                    + " sigma_east_m, sigma_north_m, correlation), median, regions (level, area_km2), warnings."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall predict --model model.onnx sessions.csv",
            "  heimdall predict --model model.onnx Torino=websdr_3.npy Genova=websdr_6.npy --rate 12500",
            "  heimdall predict --model model.onnx sessions.csv --geojson regions.geojson --kml regions.kml",
            "      also draw the regions, for QGIS and Google Earth"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final double SHOWN_LEVEL = 0.68;

    @Mixin
    private Output output;

    @Option(names = "--model", required = true, paramLabel = "FILE.onnx", description = "An exported model.")
    private Path model;

    @Mixin
    private ReadChoice choice;

    @Mixin
    private MapFiles maps;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORDING|SESSIONS.csv",
            description = "Recordings, as FILE or STATION=FILE, or one table.")
    private List<String> inputs;

    PredictCommand() {}

    /** Returns 0 if something was located and most rows of a table could be used, else 1. */
    @Override
    public Integer call() throws IOException {
        output.usage(() -> {
            maps.check(read(), null);
            return maps;
        });
        LocalSessions local = sessions();
        RowNotes.show(local.refused(), local.warnings(), output);
        try (SessionLocalizer localizer = SessionLocalizer.open(model, local.recordings(), FeatureCache.none())) {
            List<Session> sessions = output.usage(() -> taken(local.sessions(), localizer));
            List<Estimate> estimates;
            try (Progress progress = output.progress("Locating", Math.max(1, sessions.size()))) {
                estimates = localizer.locate(sessions, done -> progress.to(done, ""));
            }
            estimates.forEach(estimate -> show(estimate, local.warnings()));
            if (!estimates.isEmpty()) {
                maps.write(estimates).forEach(file -> output.note("Wrote " + file));
            }
            return estimates.isEmpty() || local.mostRefused() ? 1 : 0;
        }
    }

    /** Leaves out with a warning the sessions that have nothing for the model to take. */
    private List<Session> taken(List<Session> all, SessionLocalizer localizer) {
        Map<Boolean, List<Session>> parts = all.stream().collect(Collectors.partitioningBy(localizer::takes));
        List<Session> taken = parts.get(true);
        List<String> others = parts.get(false).stream().map(Session::id).toList();
        if (!others.isEmpty()) {
            String fault = localizer.nothingIn(Causes.named(others));
            if (taken.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
            output.note("Warning: " + fault);
        }
        LooseRecordings.checkHeard(taken, localizer.stations());
        return taken;
    }

    /** Returns the files that the user names, as far as they are there, and the recordings of tables. */
    private List<Path> read() throws IOException {
        List<Path> named = Stream.concat(
                        Stream.of(model),
                        inputs.stream()
                                .flatMap(input -> Stream.of(input, input.substring(input.indexOf('=') + 1)))
                                .map(Path::of))
                .filter(Files::exists)
                .toList();
        List<Path> read = new ArrayList<>(named);
        for (Path file : maps.areAsked() ? named : List.<Path>of()) {
            if (isTable(file.toString())) {
                read.addAll(TableRecordings.of(file));
            }
        }
        return read;
    }

    private LocalSessions sessions() throws IOException {
        ReadOptions options = output.usage(choice::options);
        if (inputs.stream().noneMatch(PredictCommand::isTable)) {
            return output.usage(() -> LooseRecordings.read(inputs, options, "give it with --rate HZ"));
        }
        Path table = output.usage(() -> onlyTable(options));
        try (LazyProgress progress = new LazyProgress("Reading rows", output)) {
            return LocalSessions.read(table, progress::to);
        }
    }

    private static boolean isTable(String input) {
        String name = input.toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }

    private Path onlyTable(ReadOptions options) {
        if (inputs.size() > 1) {
            throw new IllegalArgumentException("a table must be the only input, without other tables or recordings");
        }
        if (!options.equals(ReadOptions.defaults())) {
            throw new IllegalArgumentException(
                    "the options for reading a recording do not apply to a table: its columns sample_rate_hz, format,"
                            + " channel, capture and stream say it for each row");
        }
        return Path.of(inputs.get(0));
    }

    private void show(Estimate estimate, List<RowWarning> warnings) {
        DistanceUnit unit = DistanceUnit.of(Math.max(estimate.sigmaEastM(), estimate.sigmaNorthM()));
        output.say(String.format(
                Locale.ROOT,
                "%s  %.5f, %.5f  1 sigma %s %s east, %s %s north  68 %% in %s",
                estimate.id(),
                estimate.location().latitude(),
                estimate.location().longitude(),
                unit.text(estimate.sigmaEastM(), 1),
                unit.symbol(),
                unit.text(estimate.sigmaNorthM(), 1),
                unit.symbol(),
                SquareKilometres.text(estimate.density().areaKm2(SHOWN_LEVEL))));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", estimate.sessionId());
        json.put("sample_id", estimate.id());
        json.put("latitude", estimate.location().latitude());
        json.put("longitude", estimate.location().longitude());
        json.put("sigma_lat_deg", estimate.location().sigmaLatitude());
        json.put("sigma_lon_deg", estimate.location().sigmaLongitude());
        json.put("sigma_east_m", estimate.sigmaEastM());
        json.put("sigma_north_m", estimate.sigmaNorthM());
        json.putAll(PosteriorJson.fields(estimate.location()));
        json.put(
                "warnings",
                RowNotes.json(warnings.stream()
                        .filter(warning -> warning.sessionId().equals(estimate.sessionId()))
                        .toList()));
        output.json(json);
    }
}
