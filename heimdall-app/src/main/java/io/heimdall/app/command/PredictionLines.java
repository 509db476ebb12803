package io.heimdall.app.command;

import io.heimdall.app.PosteriorJson;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines that {@code predict} prints, for people and as JSON, each as soon as its prediction is known. */
final class PredictionLines {
    private static final double SHOWN_LEVEL = 0.68;

    private final Output output;
    private final Map<String, List<RowWarning>> warnings;
    private long shown;

    /** Prints to an output, beside each session the warnings of its rows. */
    PredictionLines(Output output, List<RowWarning> warnings) {
        this.output = output;
        this.warnings = warnings.stream().collect(Collectors.groupingBy(RowWarning::sessionId));
    }

    /** Returns how many predictions were shown. */
    long shown() {
        return shown;
    }

    void show(Prediction prediction) {
        shown++;
        List<RowWarning> own = warnings.getOrDefault(prediction.sessionId(), List.of());
        if (prediction instanceof Prediction.ByLevels levels) {
            show(levels.estimate(), own);
        } else if (prediction instanceof Prediction.ByEvidence all) {
            show(all.located(), own);
        }
    }

    private void show(LocatedSession session, List<RowWarning> rowWarnings) {
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
        output.json(LocationJson.of(session, rowWarnings));
    }

    private static Optional<String> count(int number, String what) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + what + (number == 1 ? "" : "s"));
    }

    private void show(Estimate estimate, List<RowWarning> rowWarnings) {
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
        json.put("warnings", RowNotes.json(rowWarnings));
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
