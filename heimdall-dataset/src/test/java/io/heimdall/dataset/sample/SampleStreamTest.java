package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order and the bounds of the work, whatever the work is. */
class SampleStreamTest {
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static List<SampleRecipe> recipes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SampleRecipe("s" + i, List.of(), Optional.empty()))
                .toList();
    }

    private Sample sample(SampleRecipe recipe) {
        begun.incrementAndGet();
        return new Sample(recipe.id(), new float[0], new boolean[0], recipe.position());
    }

    /** Waits until the workers have nothing left to do. */
    private void settle() throws Exception {
        CountDownLatch all = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            workers.submit(() -> {
                all.countDown();
                return all.await(10, TimeUnit.SECONDS);
            });
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverMakesMoreThanAskedForAhead() throws Exception {
        try (SampleStream stream = new SampleStream(recipes(20), 4, workers, this::sample)) {
            for (int asked = 0; asked < 20; asked++) {
                settle();
                assertThat(begun).hasValue(Math.min(20, asked + 4));
                assertThat(stream.next().id()).isEqualTo("s" + asked);
            }
            assertThat(stream.hasNext()).isFalse();
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void keepsTheOrderWhateverIsFinishedFirst() {
        try (SampleStream stream = new SampleStream(recipes(200), 16, workers, recipe -> {
            for (int spin = ThreadLocalRandom.current().nextInt(20_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            return sample(recipe);
        })) {
            for (int i = 0; i < 200; i++) {
                assertThat(stream.next().id()).isEqualTo("s" + i);
            }
        }
    }

    @Test
    void closingInterruptsWhatIsInWorkAndDropsTheRest() throws Exception {
        CountDownLatch working = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        SampleStream stream = new SampleStream(recipes(50), 10, workers, recipe -> {
            begun.incrementAndGet();
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new DatasetException("stopped");
        });
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        stream.close();
        stream.close();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        settle();
        assertThat(begun).hasValue(3);
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void anInterruptedReaderStopsAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        SampleStream stream = new SampleStream(recipes(2), 2, workers, recipe -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return sample(recipe);
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(stream::next).isInstanceOf(DatasetException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anErrorStaysWhatItIs() {
        try (SampleStream stream = new SampleStream(recipes(2), 1, workers, recipe -> {
            throw new OutOfMemoryError("too large");
        })) {
            assertThatThrownBy(stream::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void saysThatItsLoaderIsClosed() {
        SampleStream stream = new SampleStream(recipes(5), 1, workers, this::sample);
        workers.shutdown();
        assertThatThrownBy(() -> {
                    stream.next();
                    stream.next();
                })
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("closed");
    }
}
