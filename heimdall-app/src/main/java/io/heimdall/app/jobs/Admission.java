package io.heimdall.app.jobs;

import io.heimdall.app.jobs.SubmissionRefused.Reason;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.model.backend.Backends;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;

/**
 * Lets settings in that can be used here and now.
 *
 * @param catalog of the sessions
 */
record Admission(RecordingCatalog catalog) {
    /**
     * Checks settings.
     *
     * @throws IllegalArgumentException if they make no sense
     * @throws SubmissionRefused if there is no such backend, station, session or training dataset
     */
    void check(TrainingSettings settings) {
        SettingsCheck.of(settings);
        try {
            catalog.check(settings.data().filter());
        } catch (IllegalArgumentException e) {
            throw new SubmissionRefused(Reason.NOT_THERE, e.getMessage());
        }
        checkBackend(settings);
    }

    /**
     * Checks the engine of settings.
     *
     * @throws SubmissionRefused if there is no such backend
     */
    void checkBackend(TrainingSettings settings) {
        settings.backend().ifPresent(id -> {
            List<String> ids = Backends.installed().stream().map(b -> b.id()).toList();
            if (!ids.contains(id)) {
                throw new SubmissionRefused(
                        Reason.NOT_THERE, "unknown backend '" + id + "'; there are " + String.join(", ", ids));
            }
        });
    }
}
