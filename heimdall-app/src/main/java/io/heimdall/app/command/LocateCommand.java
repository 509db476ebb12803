package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.dataset.ingest.TableRecordings;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.LocatedPlaces;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.LocationOptions;
import io.heimdall.pipeline.location.Locations;
import io.heimdall.pipeline.location.SessionLocator;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.report.LocationMap;
import io.heimdall.pipeline.report.LocationPage;
import io.heimdall.pipeline.report.MapScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall locate}: locates transmitters by delays and bearings, without a model. */
@Command(
        name = "locate",
        description = {
            "Locate transmitters without a model: from time differences between simultaneous recordings, from bearings,"
                    + " or from both.",
            "The table is that of 'ingest', with one row per station and session. The source columns may be empty."
                    + " KiwiSDR recordings carry their start time and the accuracy of their clock. For other receivers,"
                    + " fill in start_time and clock_sigma_s (seconds; 1e-7 for a clock that is disciplined by GNSS)."
                    + " Two stations give a hyperbola and three give a place. Four show that a clock is wrong, and five"
                    + " show which one.",
            "If the table has at least 3 sessions of known sources per station, the constant errors of clocks and"
                    + " antennas are estimated from them and corrected in the other sessions.",
            "--json prints one object per session and line, with the keys of 'predict --json' and with 'evidence':"
                    + " the value of each pair of stations and of each bearing, and its distance from the answer. A"
                    + " session that cannot be located has 'error', the reason, in place of a position."
                    + " docs/LOCALIZATION.md explains the method."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sessions.csv, for three KiwiSDRs that were recorded at the same time:",
            "      session_id,frequency_hz,station,station_lat,station_lon,recording",
            "      s1,77500,DF0KL,53.665337,7.282766,20171127T104156Z_77500_DF0KL_iq.wav",
            "      s1,77500,F1JEK,45.779290,0.614638,20171127T104156Z_77500_F1JEK_iq.wav",
            "      s1,77500,HB9RYZ,47.1721,8.42683,20171127T104156Z_77500_HB9RYZ_iq.wav",
            "  heimdall locate sessions.csv",
            "  heimdall locate sessions.csv --html location.html --geojson location.geojson",
            "      also draw the credible regions, as a page and for QGIS or geojson.io",
            "  heimdall locate --kraken roof.csv,car.csv",
            "      use the bearings in the logs of KrakenSDRs",
            "  heimdall locate sessions.csv --model model.onnx",
            "      also use the levels, through a trained model",
            "  heimdall locate --workspace tdoa",
            "      locate the sessions of a workspace, and compare with their known sources",
            "  heimdall inspect --delay first.wav second.wav --png delay.png",
            "      show the delay of one pair"
        })
public final class LocateCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Mixin
    private LocateOptions choice;

    @Mixin
    private MapFiles maps;

    @Option(
            names = "--model",
            paramLabel = "FILE.onnx|VERSION",
            description =
                    "A model whose answer to levels and recordings is multiplied with the rest, with the exponents that its"
                            + " training has fitted; with --workspace also a registered version or alias. Its file corrects"
                            + " the stations if the known sources of the table do not. With --workspace it has learned"
                            + " from some of the sessions, so the numbers are too good; 'evaluate' leaves these out.")
    private String model;

    @Mixin
    private ModelName modelName;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Draw stations, regions and what each pair said into a page for the browser.")
    private Path html;

    @Mixin
    private KrakenOptions kraken;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description =
                    "Locate the approved sessions of a workspace, in place of a table. Their sources are known, so the"
                            + " median error and the share of sources in the credible regions are printed, and for the"
                            + " simulated worlds tdoa and tdoa-mixed also those of the bound.")
    private Path workspace;

    @Parameters(arity = "0..1", paramLabel = "SESSIONS.csv", description = "The table of sessions.")
    private Path table;

    LocateCommand() {}

    /** Returns 0 if something was located and most rows could be used, else 1. */
    @Override
    public Integer call() throws IOException {
        List<Path> read = output.usage(this::inputs);
        output.usage(() -> {
            MapScripts.checkTiles();
            maps.check(read, html);
            return maps;
        });
        LocationOptions options = output.usage(choice::options);
        if (workspace == null) {
            return locate(sessions(), options, Optional.ofNullable(model).map(Path::of), found -> Optional.empty());
        }
        try (Workspace opened = TrainCommand.open(workspace, output);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()))) {
            LocalSessions all =
                    new LocalSessions(services.catalog().sessions().toList(), List.of(), List.of(), services.objects());
            if (all.sessions().isEmpty()) {
                throw new PipelineException("the catalogue of " + workspace
                        + " has no approved session of a known source: nothing to locate; 'heimdall ingest' adds some, and a table"
                        + " of sessions is located without a workspace");
            }
            Optional<Path> file = model == null
                    ? Optional.empty()
                    : Optional.of(ModelFiles.find(services.tracker(), modelName.name(), model));
            return locate(all, options, file, found -> Optional.of(LocatedPlaces.of(found, services.world())));
        }
    }

    private int locate(
            LocalSessions local,
            LocationOptions options,
            Optional<Path> file,
            Function<List<LocatedSession>, Optional<LocatedPlaces>> judge)
            throws IOException {
        RowNotes.show(local.refused(), local.warnings(), output);
        ModelLevels levels = file.isEmpty() ? ModelLevels.NONE : ModelLevels.of(file.get(), local);
        levels.warnings()
                .forEach(warning -> output.note("Warning: session " + warning.sessionId() + ": " + warning.message()));
        Locations found;
        try (Progress progress =
                output.progress("Comparing", Math.max(1, local.sessions().size()))) {
            found = new SessionLocator(local.recordings(), options)
                    .locate(local.sessions(), levels.bySession(), levels.fitted(), done -> progress.to(done, ""));
        }
        LocationLines lines = new LocationLines(output);
        lines.corrections(found.corrections());
        for (Locations.NotLocated other : found.others()) {
            lines.notLocated(other);
        }
        for (LocatedSession session : found.located()) {
            lines.located(session);
        }
        Optional<LocatedPlaces> judged = judge.apply(found.located());
        judged.ifPresent(lines::judged);
        List<RowWarning> warnings = Stream.concat(local.warnings().stream(), levels.warnings().stream())
                .toList();
        LocationObjects.of(local, found, warnings, judged).forEach(output::json);
        if (!found.located().isEmpty()) {
            LocationMap map = new LocationMap(found.located());
            maps.write(map).forEach(written -> output.note("Wrote " + written));
            if (html != null) {
                LocationPage.write(html, found.located());
                output.note("Wrote " + html);
            }
        }
        return found.located().isEmpty() || local.mostRefused() ? 1 : 0;
    }

    private List<Path> inputs() throws IOException {
        if (model == null && choice.namesLevels()) {
            throw new IllegalArgumentException("--evidence levels needs a model that reads them: --model FILE.onnx");
        }
        if (model != null && choice.leavesOutLevels()) {
            throw new IllegalArgumentException("--model tells of the levels, which --evidence leaves out: add levels to"
                    + " --evidence, or leave out --model");
        }
        if (workspace != null && (table != null || !kraken.logs().isEmpty())) {
            throw new IllegalArgumentException("--workspace has sessions of its own: leave out the table and --kraken");
        }
        if (workspace == null && table == null && kraken.logs().isEmpty()) {
            throw new IllegalArgumentException(
                    "give a table of sessions, a workspace with --workspace, or logs with --kraken");
        }
        if (workspace == null && model != null && !ModelFiles.isFile(model)) {
            throw new IllegalArgumentException("--model " + model
                    + ": there is no such file; a registered version needs the workspace that it is registered in:"
                    + " --workspace DIR");
        }
        Path file = model == null ? null : Path.of(model);
        List<Path> named = Stream.concat(Stream.of(table, file), kraken.logs().stream())
                .filter(one -> one != null && Files.exists(one))
                .toList();
        boolean recordings = table != null && named.contains(table) && (html != null || maps.areAsked());
        return recordings
                ? Stream.concat(named.stream(), TableRecordings.of(table).stream())
                        .toList()
                : named;
    }

    private LocalSessions sessions() throws IOException {
        LocalSessions logged = output.usage(kraken::read);
        if (table == null) {
            return logged;
        }
        LocalSessions local;
        try (LazyProgress progress = new LazyProgress("Reading rows", output)) {
            local = LocalSessions.read(table, progress::to);
        }
        return logged.sessions().isEmpty() && logged.refused().isEmpty() ? local : both(local, logged);
    }

    private static LocalSessions both(LocalSessions one, LocalSessions other) {
        return new LocalSessions(
                Stream.concat(one.sessions().stream(), other.sessions().stream())
                        .toList(),
                Stream.concat(one.refused().stream(), other.refused().stream()).toList(),
                one.warnings(),
                one.recordings());
    }
}
