package io.heimdall.app.jobs;

import io.heimdall.dataset.DatasetException;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** Whether another try may help. */
enum Verdict {
    /** A fault of something that may work later: a disk, a server, an engine. */
    TRY_AGAIN,
    /** The same will come of it again: the settings, the data, the loss that is no number. */
    GIVE_UP;

    static Verdict of(Throwable failure) {
        if (failure instanceof Error || failure instanceof IllegalArgumentException) {
            return GIVE_UP;
        }
        Verdict told = failure instanceof PipelineException
                        || failure instanceof ModelException
                        || failure instanceof DatasetException
                ? GIVE_UP
                : TRY_AGAIN;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof NoSuchFileException || at instanceof AccessDeniedException) {
                return GIVE_UP;
            }
            if (at instanceof IOException || at instanceof SQLException || at instanceof InterruptedException) {
                told = TRY_AGAIN;
            }
        }
        return told;
    }
}
