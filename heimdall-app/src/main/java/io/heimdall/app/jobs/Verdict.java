package io.heimdall.app.jobs;

import io.heimdall.dataset.DatasetException;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.files.DiskFaults;
import io.heimdall.model.ModelException;
import io.heimdall.model.UnusableFileException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.util.Optional;

/** Whether another try may help. */
enum Verdict {
    /** A fault of something that may work later: a disk, a server, an engine. */
    TRY_AGAIN,
    /** The same will come of it again: the settings, the data, a damaged file, the loss that is no number. */
    GIVE_UP;

    /** Returns what the outermost exception that knows it says; where none does, another try may help. */
    static Verdict of(Throwable failure) {
        Throwable at = failure;
        Optional<Boolean> passing = mayPass(at);
        while (passing.isEmpty() && at.getCause() != null) {
            at = at.getCause();
            passing = mayPass(at);
        }
        return passing.orElse(true) ? TRY_AGAIN : GIVE_UP;
    }

    private static Optional<Boolean> mayPass(Throwable fault) {
        if (fault instanceof PipelineException pipeline) {
            return Optional.of(pipeline.mayPassLater());
        } else if (fault instanceof DatasetException dataset) {
            return Optional.of(dataset.mayPassLater());
        } else if (fault instanceof ModelException model) {
            return Optional.of(model.mayPassLater());
        } else if (fault instanceof TrackingException tracking) {
            return Optional.of(tracking.mayPassLater());
        } else if (fault instanceof JobException job) {
            return Optional.of(job.mayPassLater());
        } else if (fault instanceof UnusableFileException || fault instanceof RecordingFormatException) {
            return Optional.of(false);
        } else if (fault instanceof IOException file) {
            return Optional.of(DiskFaults.mayPass(file));
        }
        return fault instanceof Error || fault instanceof IllegalArgumentException
                ? Optional.of(false)
                : Optional.empty();
    }
}
