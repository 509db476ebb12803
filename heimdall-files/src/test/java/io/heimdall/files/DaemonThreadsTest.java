package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private final ExecutorService workers = Executors.newCachedThreadPool(DaemonThreads.named("beside"));

    @Test
    void haveTheNameAndKeepNoProgramFromEnding() throws Exception {
        Future<String> name = workers.submit(() -> Thread.currentThread().getName());
        Future<Boolean> daemon = workers.submit(() -> Thread.currentThread().isDaemon());

        assertThat(name.get()).isEqualTo("beside");
        assertThat(daemon.get()).isTrue();
        assertThat(DaemonThreads.end(workers, LONG)).isTrue();
    }

    /** Work that tidies up after an interrupt, for a moment or until it is released. */
    private CountDownLatch tidying(AtomicBoolean tidied, CountDownLatch released) {
        CountDownLatch begun = new CountDownLatch(1);
        workers.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                awaitCalmly(released);
                tidied.set(true);
            }
        });
        return begun;
    }

    private static void awaitCalmly(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void areWaitedForEvenByAThreadThatWasInterrupted() throws Exception {
        AtomicBoolean tidied = new AtomicBoolean();
        tidying(tidied, new CountDownLatch(0)).await();
        Thread.currentThread().interrupt();

        boolean ended = DaemonThreads.end(workers, LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
        assertThat(tidied).isTrue();
    }

    @Test
    void areLeftToThemselvesAfterTheLimit() throws Exception {
        AtomicBoolean tidied = new AtomicBoolean();
        CountDownLatch released = new CountDownLatch(1);
        tidying(tidied, released).await();

        assertThat(DaemonThreads.end(workers, Duration.ofMillis(1))).isFalse();
        assertThat(tidied).isFalse();
        released.countDown();
        assertThat(DaemonThreads.end(workers, LONG)).isTrue();
        assertThat(tidied).isTrue();
    }
}
