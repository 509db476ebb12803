package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void aResultComesBackFromAnotherThread() throws Exception {
        assertThat(CompletableFuture.supplyAsync(() -> Outcome.of(IOException.class, () -> 7))
                        .get()
                        .get())
                .isEqualTo(7);
    }

    /** The very exception: its type, its message and the place that it was thrown at. */
    @Test
    void whatTheWorkThrowsComesBackAsItIs() throws Exception {
        for (Throwable thrown : new Throwable[] {
            new FileNotFoundException("gone"), new IllegalStateException("odd"), new StackOverflowError("deep")
        }) {
            Outcome<Object, IOException> outcome = CompletableFuture.supplyAsync(
                            () -> Outcome.of(IOException.class, () -> fail(thrown)))
                    .get();
            assertThatThrownBy(outcome::get).isSameAs(thrown);
        }
        RuntimeException unchecked = new IllegalArgumentException("no");
        Outcome<Object, RuntimeException> outcome = Outcome.of(RuntimeException.class, () -> {
            throw unchecked;
        });
        assertThatThrownBy(outcome::get).isSameAs(unchecked);
    }

    private static Object fail(Throwable thrown) throws IOException {
        if (thrown instanceof IOException fault) {
            throw fault;
        } else if (thrown instanceof RuntimeException fault) {
            throw fault;
        }
        throw (Error) thrown;
    }
}
