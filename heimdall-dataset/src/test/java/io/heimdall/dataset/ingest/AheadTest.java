package io.heimdall.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

    @Test
    void resultsComeInOrderAndFewAreAhead() throws IOException {
        AtomicInteger begun = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        Ahead.work(
                ITEMS,
                3,
                item -> {
                    begun.incrementAndGet();
                    return item * item;
                },
                square -> {
                    taken.add(square);
                    assertThat(begun.get()).isLessThanOrEqualTo(taken.size() + 2 * 3);
                });
        assertThat(taken)
                .containsExactlyElementsOf(ITEMS.stream().map(i -> i * i).toList());
    }

    @Test
    void aFaultEndsItAsItWasAfterWhatCameBefore() {
        for (Throwable fault :
                List.of(new IOException("cut"), new IllegalStateException("bug"), new StackOverflowError())) {
            List<Integer> taken = new ArrayList<>();
            assertThatThrownBy(() -> Ahead.work(ITEMS, 2, item -> item == 7 ? raised(fault) : item, taken::add))
                    .isSameAs(fault);
            assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void anInterruptStopsTheWorkersToo() {
        AtomicInteger stopped = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> Ahead.work(
                        ITEMS,
                        2,
                        item -> {
                            try {
                                if (item == 0) {
                                    caller.interrupt();
                                }
                                never.await();
                            } catch (InterruptedException e) {
                                stopped.incrementAndGet();
                            }
                            return item;
                        },
                        item -> {}))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("the sessions in the catalogue are complete");
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(stopped.get()).isBetween(1, 2);
    }

    private static int raised(Throwable fault) throws IOException {
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault instanceof RuntimeException runtime) {
            throw runtime;
        }
        throw (IOException) fault;
    }
}
