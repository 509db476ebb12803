package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void namesTheFileAndWhatIsWrongWithIt() {
        assertThat(Explanation.of(new NoSuchFileException("a.npy"))).isEqualTo("a.npy: no such file or directory");
        assertThat(Explanation.of(new AccessDeniedException("a.npy"))).isEqualTo("a.npy: permission denied");
        assertThat(Explanation.of(new FileAlreadyExistsException("a"))).isEqualTo("a: exists already");
        assertThat(Explanation.of(new NotDirectoryException("a"))).isEqualTo("a: is not a directory");
        assertThat(Explanation.of(new FileSystemException("a", null, "No space left on device")))
                .isEqualTo("a: No space left on device");
    }

    @Test
    void looksThroughExceptionsThatOnlyCarryAnother() {
        IOException cause = new IOException("row 3: level is not a number");

        assertThat(Explanation.of(new UncheckedIOException(cause))).isEqualTo(cause.getMessage());
        assertThat(Explanation.of(new ExecutionException(cause))).isEqualTo(cause.getMessage());
        assertThat(Explanation.of(new ExceptionInInitializerError(cause))).isEqualTo(cause.getMessage());
        assertThat(Explanation.of(new IllegalStateException("read failed", cause)))
                .isEqualTo("read failed");
    }

    @Test
    void isNeverEmpty() {
        assertThat(Explanation.of(new NullPointerException(null)))
                .isEqualTo("NullPointerException (--debug shows where)");
        assertThat(Explanation.of(new OutOfMemoryError("Java heap space"))).contains("HEIMDALL_JAVA_OPTS");
    }
}
