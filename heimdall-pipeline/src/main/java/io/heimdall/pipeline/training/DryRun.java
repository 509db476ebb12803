package io.heimdall.pipeline.training;

import io.heimdall.pipeline.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a training that was tried on a few sessions, with nothing kept of it.
 *
 * @param settings of the training that was tried
 * @param tried sessions that went through all phases
 * @param whole sessions that the training would have
 * @param parts that it went through, in their order
 */
public record DryRun(TrainingSettings settings, Sides tried, Sides whole, List<Measured> parts) {

    /** Copies the list. */
    public DryRun {
        parts = List.copyOf(parts);
    }

    /** The parts that are measured; a training phase may have several. */
    public enum Part {
        /** Reading the catalogue and computing features. */
        FEATURES("Features"),
        /** Deciding the sides. */
        SPLIT("Split"),
        /** Fitting a world to the training sessions. */
        FIT("Fit of a world"),
        /** Learning from simulated sessions. */
        PRETRAINING("Pretraining"),
        /** The steps of the epochs, and the checkpoints. */
        TRAINING("Training"),
        /** The validation after each epoch. */
        VALIDATION("Validation"),
        /** Fitting sigma scale and levels, writing the model file, and comparing it with the engine. */
        EXPORT("Calibration, export, check of the file"),
        /** Copying model and settings to the tracked run. */
        UPLOAD("Upload"),
        /** Making the model a version. */
        REGISTRATION("Registration"),
        /** Judging the model beside the other methods, and the report. */
        EVALUATION("Evaluation");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        /** Returns the name for people. */
        public String title() {
            return title;
        }

        static Part of(Phase phase, long steps) {
            return switch (phase) {
                case LOAD -> FEATURES;
                case SPLIT -> SPLIT;
                case PRETRAIN -> steps == 0 ? FIT : PRETRAINING;
                case TRAIN -> TRAINING;
                case EXPORT -> EXPORT;
                case UPLOAD -> UPLOAD;
                case REGISTER -> REGISTRATION;
                case REPORT -> EVALUATION;
            };
        }
    }

    /**
     * Numbers of sessions; of an ensemble, the sums over its members.
     *
     * @param training learned from
     * @param validation decide when to stop
     * @param test judge the model
     */
    public record Sides(int training, int validation, int test) {}

    /**
     * A part that was gone through.
     *
     * @param part which one
     * @param took in this trial
     * @param estimate for the whole training
     */
    public record Measured(Part part, Duration took, Duration estimate) {}

    /** Returns the time of the trial. */
    public Duration took() {
        return parts.stream().map(Measured::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns an estimate of the time of the whole training, with all epochs; without the end that patience may bring earlier. */
    public Duration estimate() {
        return parts.stream().map(Measured::estimate).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns the result as values for JSON; times in seconds. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("dry_run", true);
        summary.put("network", settings.network());
        summary.put("backend", settings.backend().orElse(null));
        summary.put("epochs", settings.plan().epochs());
        summary.put("tried", json(tried));
        summary.put("whole", json(whole));
        summary.put(
                "parts",
                parts.stream()
                        .map(measured -> Map.of(
                                "part", measured.part().name().toLowerCase(Locale.ROOT),
                                "took_s", seconds(measured.took()),
                                "estimate_s", seconds(measured.estimate())))
                        .toList());
        summary.put("took_s", seconds(took()));
        summary.put("estimate_s", seconds(estimate()));
        return summary;
    }

    private static Map<String, Object> json(Sides sides) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("training", sides.training());
        json.put("validation", sides.validation());
        json.put("test", sides.test());
        return json;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
