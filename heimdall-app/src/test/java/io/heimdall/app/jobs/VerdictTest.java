package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.DatasetException;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void faultsOfDisksServersAndEnginesAreTriedAgain() {
        assertThat(Verdict.of(new IOException("disk"))).isEqualTo(Verdict.TRY_AGAIN);
        assertThat(Verdict.of(new UncheckedIOException(new IOException("disk"))))
                .isEqualTo(Verdict.TRY_AGAIN);
        assertThat(Verdict.of(new DatasetException("object", new IOException("cut"))))
                .isEqualTo(Verdict.TRY_AGAIN);
        assertThat(Verdict.of(new DatasetException("catalogue", new SQLException("away"))))
                .isEqualTo(Verdict.TRY_AGAIN);
        assertThat(Verdict.of(new TrackingException("server"))).isEqualTo(Verdict.TRY_AGAIN);
        assertThat(Verdict.of(new IllegalStateException("engine"))).isEqualTo(Verdict.TRY_AGAIN);
    }

    @Test
    void whatComesOutTheSameAgainIsGivenUp() {
        assertThat(Verdict.of(new IllegalArgumentException("settings"))).isEqualTo(Verdict.GIVE_UP);
        assertThat(Verdict.of(new PipelineException("nothing to learn from"))).isEqualTo(Verdict.GIVE_UP);
        assertThat(Verdict.of(new ModelException("loss is NaN"))).isEqualTo(Verdict.GIVE_UP);
        assertThat(Verdict.of(new NoSuchFileException("weights"))).isEqualTo(Verdict.GIVE_UP);
        assertThat(Verdict.of(new OutOfMemoryError())).isEqualTo(Verdict.GIVE_UP);
    }
}
