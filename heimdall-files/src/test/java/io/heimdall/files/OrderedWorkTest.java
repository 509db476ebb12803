package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order and the bounds of the work, whatever the work is. */
class OrderedWorkTest {
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static Stream<String> items(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i);
    }

    private String made(String item) {
        begun.incrementAndGet();
        return item;
    }

    /** Waits until the workers have nothing left to do. */
    private void settle() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            workers.submit(() -> {
                all.countDown();
                return all.await(2, TimeUnit.MINUTES);
            });
        }
        assertThat(all.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void neverMakesMoreThanAskedForAhead() throws Exception {
        try (OrderedResults<String> stream = new OrderedResults<>(items(20), 4, workers, this::made)) {
            for (int asked = 0; asked < 20; asked++) {
                settle();
                assertThat(begun).hasValue(Math.min(20, asked + 4));
                assertThat(stream.next()).isEqualTo("s" + asked);
            }
            assertThat(stream.hasNext()).isFalse();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void keepsTheOrderWhateverIsFinishedFirst() {
        try (OrderedResults<String> stream = new OrderedResults<>(items(200), 16, workers, item -> {
            for (int spin = ThreadLocalRandom.current().nextInt(20_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            return made(item);
        })) {
            for (int i = 0; i < 200; i++) {
                assertThat(stream.next()).isEqualTo("s" + i);
            }
        }
    }

    @Test
    void closingInterruptsWhatIsInWorkAndDropsTheRest() throws Exception {
        CountDownLatch working = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        OrderedResults<String> stream = new OrderedResults<>(items(50), 10, workers, item -> {
            begun.incrementAndGet();
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("stopped");
        });
        assertThat(working.await(2, TimeUnit.MINUTES)).isTrue();
        stream.close();
        stream.close();
        assertThat(interrupted.await(2, TimeUnit.MINUTES)).isTrue();
        settle();
        assertThat(begun).hasValue(3);
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void anInterruptedReaderStopsAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        OrderedResults<String> stream = new OrderedResults<>(items(2), 2, workers, item -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return made(item);
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(stream::next)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anErrorStaysWhatItIs() {
        try (OrderedResults<String> stream = new OrderedResults<>(items(2), 1, workers, item -> {
            throw new OutOfMemoryError("too large");
        })) {
            assertThatThrownBy(stream::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void saysThatItsLoaderIsClosed() {
        OrderedResults<String> stream = new OrderedResults<>(items(5), 1, workers, this::made);
        workers.shutdown();
        assertThatThrownBy(() -> {
                    stream.next();
                    stream.next();
                })
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void workersNeedAThreadAndRoomForOneResult() {
        assertThatThrownBy(() -> new OrderedWork("w", 0)).hasMessageContaining("threads 0");
        try (OrderedWork work = new OrderedWork("w", 1)) {
            assertThatThrownBy(() -> work.start(List.of(), 0, item -> item)).hasMessageContaining("ahead 0");
        }
    }

    @Test
    void closingTheWorkersEndsTheirResults() {
        OrderedWork work = new OrderedWork("w", 1);
        OrderedResults<String> results = work.start(items(30), 20, this::made);
        work.close();
        assertThatThrownBy(() -> {
                    while (results.hasNext()) {
                        results.next();
                    }
                })
                .isInstanceOf(CancellationException.class);
        assertThat(results.hasNext()).isFalse();
    }

    @Test
    void nothingIsInWorkOnceTheWorkersAreClosed() {
        for (int round = 0; round < 20; round++) {
            AtomicInteger inWork = new AtomicInteger();
            OrderedWork work = new OrderedWork("w", 4);
            OrderedResults<String> results = work.start(items(60), 60, item -> {
                inWork.incrementAndGet();
                Thread.onSpinWait();
                inWork.decrementAndGet();
                return item;
            });
            results.next();
            results.close();
            work.close();
            assertThat(inWork).hasValue(0);
        }
    }
}
