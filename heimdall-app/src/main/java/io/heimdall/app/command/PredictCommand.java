package io.heimdall.app.command;

import io.heimdall.app.PosteriorJson;
import io.heimdall.app.adapters.NamedFeatures;
import io.heimdall.dataset.Causes;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.dataset.ingest.TableRecordings;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.files.UserCache;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.prediction.SessionPredictor;
import io.heimdall.pipeline.report.LocationPage;
import io.heimdall.pipeline.report.MapScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "Delays between recordings of known clocks and bearings are multiplied with what the model says of the levels,"
                    + " by the exponents and corrections that the training has fitted. Delays need the start times and"
                    + " clocks of two recordings at least: KiwiSDR recordings carry them, otherwise the table has start_time"
                    + " and clock_sigma_s; bearings are its columns bearing_deg and bearing_sigma_deg.",
            "With --json each line is an object: session_id, latitude, longitude, sigma_lat_deg, sigma_lon_deg, sigma_east_m,"
                    + " sigma_north_m, covariance (east, north; m^2), mixture (of a network that has one: weight, latitude, longitude,"
                    + " sigma_east_m, sigma_north_m, correlation), median, regions (level, area_km2), warnings.",
            "A session with delays or bearings has no mixture, since position and regions are those of the product, but evidence:"
                    + " what was used, each kind with its weight, as 'locate --json' has it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall predict --model model.onnx sessions.csv",
            "  heimdall predict --model model.onnx Torino=websdr_3.npy Genova=websdr_6.npy --rate 12500",
            "  heimdall predict --model model.onnx sessions.csv --geojson regions.geojson --kml regions.kml",
            "      also draw the regions, for QGIS and Google Earth",
            "  heimdall predict --model model.onnx sessions.csv --html sessions.html",
            "      draw each session's density over a map, for the browser",
            "  heimdall predict --model model.onnx sessions.csv --evidence levels",
            "      use what the model says alone"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final double SHOWN_LEVEL = 0.68;

    @Mixin
    private Output output;

    @Option(names = "--model", required = true, paramLabel = "FILE.onnx", description = "An exported model.")
    private Path model;

    @Mixin
    private ReadChoice choice;

    @Option(
            names = "--evidence",
            split = ",",
            paramLabel = "KIND",
            description = "Evidence to use: levels, delays, bearings (default: all).")
    private Set<EvidenceKind> evidence = EnumSet.allOf(EvidenceKind.class);

    @Mixin
    private MapFiles maps;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Draw the densities and regions over a map, as one page for the browser.")
    private Path html;

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
            MapScripts.checkTiles();
            maps.check(read(), html);
            return maps;
        });
        LocalSessions local = sessions();
        RowNotes.show(local.refused(), local.warnings(), output);
        try (NamedFeatures features = output.usage(() -> NamedFeatures.open(
                        output.configuration().variables(),
                        UserCache.directory().resolve("predict")));
                SessionLocalizer localizer = SessionLocalizer.open(model, local.recordings(), features.cache())) {
            SessionPredictor predictor = new SessionPredictor(localizer, local.recordings(), evidence);
            List<Session> sessions = output.usage(() -> taken(local.sessions(), localizer, predictor));
            List<Prediction> predictions;
            try (Progress progress = output.progress("Locating", Math.max(1, sessions.size()))) {
                predictions = predictor.predict(
                        sessions, done -> progress.to(done, ""), warning -> output.note("Warning: " + warning));
            }
            predictions.forEach(prediction -> show(prediction, local.warnings()));
            if (!predictions.isEmpty()) {
                writeMaps(predictions);
            }
            return predictions.isEmpty() || local.mostRefused() ? 1 : 0;
        }
    }

    private void writeMaps(List<Prediction> predictions) throws IOException {
        List<Estimate> estimates = new ArrayList<>();
        List<LocatedSession> located = new ArrayList<>();
        for (Prediction prediction : predictions) {
            if (prediction instanceof Prediction.ByLevels levels) {
                estimates.add(levels.estimate());
            } else if (prediction instanceof Prediction.ByEvidence all) {
                located.add(all.located());
            }
        }
        maps.write(estimates, located).forEach(file -> output.note("Wrote " + file));
        if (html != null) {
            LocationPage.write(html, estimates, located);
            output.note("Wrote " + html);
        }
    }

    private void show(Prediction prediction, List<RowWarning> warnings) {
        if (prediction instanceof Prediction.ByLevels levels) {
            show(levels.estimate(), warnings);
        } else if (prediction instanceof Prediction.ByEvidence all) {
            show(all.located(), warnings);
        }
    }

    private void show(LocatedSession session, List<RowWarning> warnings) {
        GroundPosterior posterior = session.posterior();
        String id = session.session().id();
        List<String> by = new ArrayList<>();
        session.levels().ifPresent(levels -> by.add("levels"));
        count(session.delays().size(), "delay").ifPresent(by::add);
        count(session.bearings().size(), "bearing").ifPresent(by::add);
        output.say(line(
                        id,
                        posterior.mean().latitude(),
                        posterior.mean().longitude(),
                        posterior.covariance().sigmaEast(),
                        posterior.covariance().sigmaNorth(),
                        posterior.areaKm2(SHOWN_LEVEL))
                + "  by " + String.join(", ", by));
        session.warnings().forEach(warning -> output.note("Warning: session " + id + ": " + warning));
        output.json(LocationJson.of(session, warnings));
    }

    private static Optional<String> count(int number, String what) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + what + (number == 1 ? "" : "s"));
    }

    /** Leaves out with a warning the sessions that have nothing for the model to take, and no other evidence. */
    private List<Session> taken(List<Session> all, SessionLocalizer localizer, SessionPredictor predictor) {
        Map<Boolean, List<Session>> parts = all.stream()
                .collect(Collectors.partitioningBy(
                        session -> predictor.takesLevels(session) || predictor.mayFuse(session)));
        List<Session> taken = parts.get(true);
        List<String> others = parts.get(false).stream().map(Session::id).toList();
        if (!others.isEmpty()) {
            String fault = evidence.contains(EvidenceKind.LEVELS)
                    ? localizer.nothingIn(Causes.named(others))
                    : Causes.named(others) + " has none of the evidence that is asked for: "
                            + evidence.stream().map(EvidenceKind::toString).collect(Collectors.joining(", "));
            if (taken.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
            output.note("Warning: " + fault);
        }
        LooseRecordings.checkHeard(
                taken.stream().filter(session -> !predictor.mayFuse(session)).toList(), localizer.stations());
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
        for (Path file : maps.areAsked() || html != null ? named : List.<Path>of()) {
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
        output.say(line(
                estimate.id(),
                estimate.location().latitude(),
                estimate.location().longitude(),
                estimate.sigmaEastM(),
                estimate.sigmaNorthM(),
                estimate.density().areaKm2(SHOWN_LEVEL)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", estimate.sessionId());
        json.put("sample_id", estimate.id());
        json.putAll(PosteriorJson.position(estimate));
        json.put(
                "warnings",
                RowNotes.json(warnings.stream()
                        .filter(warning -> warning.sessionId().equals(estimate.sessionId()))
                        .toList()));
        output.json(json);
    }

    private static String line(
            String id, double latitude, double longitude, double sigmaEastM, double sigmaNorthM, double areaKm2) {
        DistanceUnit unit = DistanceUnit.of(Math.max(sigmaEastM, sigmaNorthM));
        return String.format(
                Locale.ROOT,
                "%s  %.5f, %.5f  1 sigma %s %s east, %s %s north  68 %% in %s",
                id,
                latitude,
                longitude,
                unit.text(sigmaEastM, 1),
                unit.symbol(),
                unit.text(sigmaNorthM, 1),
                unit.symbol(),
                SquareKilometres.text(areaKm2));
    }
}
