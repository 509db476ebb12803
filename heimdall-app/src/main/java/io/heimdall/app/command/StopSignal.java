package io.heimdall.app.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells work to end: when the process is asked to (Ctrl-C), when its time is over, or when the process that started it is gone.
 * The process waits for the work to leave in order.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Optional<Instant> deadline;
    private final Optional<ProcessHandle> parent;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook = new Thread(this::await, "heimdall-stop");
    private volatile boolean asked;

    private StopSignal(Optional<Instant> deadline, Optional<ProcessHandle> parent) {
        this.deadline = deadline;
        this.parent = parent;
    }

    static StopSignal install(Optional<Instant> deadline, Optional<ProcessHandle> parent) {
        StopSignal signal = new StopSignal(deadline, parent);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void await() {
        asked = true;
        try {
            left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the process was asked to end. */
    boolean asked() {
        return asked;
    }

    @Override
    public boolean getAsBoolean() {
        return asked
                || deadline.filter(end -> Instant.now().isAfter(end)).isPresent()
                || parent.filter(process -> !process.isAlive()).isPresent();
    }

    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending
        }
    }
}
