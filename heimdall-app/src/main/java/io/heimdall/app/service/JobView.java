package io.heimdall.app.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.app.jobs.EpochPoint;
import io.heimdall.app.jobs.JobProgress;
import io.heimdall.app.jobs.SettingsJson;
import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Jobs as the service shows them. */
final class JobView {
    private static final List<String> PHASES =
            Stream.of(Phase.values()).map(JobView::word).toList();

    private JobView() {}

    static Map<String, Object> brief(TrainingJob job) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("task_id", job.id());
        view.put("status", job.status().word());
        return view;
    }

    static Map<String, Object> of(TrainingJob job, boolean hasReport) {
        Map<String, Object> view = brief(job);
        view.put("submitted_at", job.submitted().toString());
        view.put("started_at", text(job.started()));
        view.put("ended_at", text(job.ended()));
        view.put("attempts", job.attempts());
        view.put("cancel_requested", job.cancelRequested());
        view.put("configuration", configuration(job.settings()));
        view.put("progress", progress(job.progress()));
        view.put("run_id", job.runId().orElse(null));
        view.put("result", job.result().orElse(null));
        view.put("error", job.error().map(Answers::withoutCredentials).orElse(null));
        view.put("report", hasReport ? "/train/" + job.id() + "/report" : null);
        return view;
    }

    /** A file is shown by its name: where the server keeps it is its own business. */
    static ObjectNode configuration(TrainingSettings settings) {
        ObjectNode node = SettingsJson.write(settings);
        settings.pretrained()
                .ifPresent(file -> node.put("pretrained", file.getFileName().toString()));
        return node;
    }

    static Map<String, Object> progress(JobProgress progress) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("phase", progress.phase().map(JobView::word).orElse(null));
        view.put("phases", PHASES);
        view.put("step", progress.step());
        view.put("steps", progress.steps());
        view.put("epoch", progress.epoch());
        view.put("epochs", progress.epochs());
        view.put("metrics", progress.metrics());
        view.put(
                "seconds_left",
                progress.secondsLeft().isPresent() ? progress.secondsLeft().getAsDouble() : null);
        view.put("warnings", progress.warnings());
        return view;
    }

    static Map<String, Object> epoch(EpochPoint point) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("epoch", point.epoch());
        view.put(EpochMetric.TRAINING_LOSS.key(), point.trainingLoss());
        view.put(
                EpochMetric.VALIDATION_NLL.key(),
                point.validationNll().isPresent() ? point.validationNll().getAsDouble() : null);
        view.put(EpochMetric.LEARNING_RATE.key(), point.learningRate());
        view.put(EpochMetric.SECONDS.key(), point.seconds());
        return view;
    }

    /** Returns a state, a phase and so on as it stands in JSON: {@code train}. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
