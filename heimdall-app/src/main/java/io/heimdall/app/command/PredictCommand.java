package io.heimdall.app.command;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall predict}: locates the transmitters of recordings by a model file. */
@Command(
        name = "predict",
        description = {
            "Locate transmitters by a model file: positions in degrees with one sigma.",
            "Recordings of one transmission are given as a table like that of 'ingest' (its source columns may be empty), or"
                    + " one by one; a model with a channel per station wants them as STATION=FILE.",
            "With --json an object a line: session_id, latitude, longitude, sigma_lat_deg, sigma_lon_deg, sigma_east_m,"
                    + " sigma_north_m."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall predict --model model.onnx sessions.csv",
            "  heimdall predict --model model.onnx Torino=websdr_3.npy Genova=websdr_6.npy --rate 12500"
        })
public final class PredictCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(names = "--model", required = true, paramLabel = "FILE.onnx", description = "An exported model.")
    private Path model;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Samples a second of recordings that do not say it; not for a table.")
    private Double rateHz;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORDING|SESSIONS.csv",
            description = "Recordings, as FILE or STATION=FILE, or one table.")
    private List<String> inputs;

    PredictCommand() {}

    /** Returns 0 if something was located, else 1. */
    @Override
    public Integer call() throws IOException {
        LocalSessions local = sessions();
        IngestCommand.refused(local.refused(), output);
        try (SessionLocalizer localizer = SessionLocalizer.open(model, local.recordings(), FeatureCache.none())) {
            List<Session> sessions = local.sessions();
            output.usage(() -> {
                LooseRecordings.checkHeard(
                        sessions, localizer.model().description().input().stations());
                return sessions;
            });
            List<Estimate> estimates;
            try (Progress progress = output.progress("Locating", Math.max(1, sessions.size()))) {
                estimates = localizer.locate(sessions, done -> progress.to(done, ""));
            }
            estimates.forEach(this::show);
            return estimates.isEmpty() ? 1 : 0;
        }
    }

    private LocalSessions sessions() throws IOException {
        boolean table =
                inputs.size() == 1 && inputs.get(0).toLowerCase(Locale.ROOT).endsWith(".csv");
        if (table) {
            try (LazyProgress progress = new LazyProgress("Reading rows", output)) {
                return LocalSessions.read(Path.of(inputs.get(0)), progress::to);
            }
        }
        return output.usage(() -> LooseRecordings.read(
                inputs, Optional.ofNullable(rateHz).map(OptionalDouble::of).orElseGet(OptionalDouble::empty)));
    }

    private void show(Estimate estimate) {
        output.say(String.format(
                Locale.ROOT,
                "%s  %.5f, %.5f  1 sigma %.1f km east, %.1f km north",
                estimate.id(),
                estimate.location().latitude(),
                estimate.location().longitude(),
                estimate.sigmaEastM() / 1000,
                estimate.sigmaNorthM() / 1000));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", estimate.sessionId());
        json.put("sample_id", estimate.id());
        json.put("latitude", estimate.location().latitude());
        json.put("longitude", estimate.location().longitude());
        json.put("sigma_lat_deg", estimate.location().sigmaLatitude());
        json.put("sigma_lon_deg", estimate.location().sigmaLongitude());
        json.put("sigma_east_m", estimate.sigmaEastM());
        json.put("sigma_north_m", estimate.sigmaNorthM());
        output.json(json);
    }
}
