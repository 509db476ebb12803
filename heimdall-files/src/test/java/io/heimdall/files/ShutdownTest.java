package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Work that tidies up after it was interrupted, as a reader does that closes its file. */
    private void work() {
        begun.countDown();
        boolean waiting = true;
        while (waiting) {
            try {
                mayEnd.await();
                waiting = false;
            } catch (InterruptedException e) {
                mayEnd.countDown();
            }
        }
        ended.set(true);
    }

    @Test
    void whatIsAtWorkHasEndedAfterwards() throws Exception {
        workers.execute(this::work);
        begun.await();

        assertThat(Shutdown.now(workers, LONG)).isTrue();

        assertThat(ended).isTrue();
    }

    @Test
    void anInterruptedCallerWaitsAllTheSameAndKnowsItAfterwards() throws Exception {
        workers.execute(this::work);
        begun.await();
        Thread.currentThread().interrupt();

        boolean all = Shutdown.now(workers, LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(all).isTrue();
        assertThat(ended).isTrue();
    }

    @Test
    void afterTheLimitItSaysThatWorkGoesOn() throws Exception {
        workers.execute(this::work);
        begun.await();
        workers.shutdown();

        assertThat(Shutdown.await(workers, Duration.ofMillis(20))).isFalse();

        mayEnd.countDown();
        assertThat(Shutdown.await(workers, LONG)).isTrue();
    }
}
