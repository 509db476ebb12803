package io.heimdall.model.backend;

import io.heimdall.model.ModelException;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An engine of native code. It is loaded at its first use, once in the process, and used on one thread.
 *
 * <p>The constructor touches no native code. Thread-safe.
 */
public final class NativeEngine {
    private final String name;
    private final EngineThread thread;
    private final Supplier<Availability> load;
    private final IntConsumer useThreads;
    private final Predicate<Throwable> fault;
    /** Of the engine's thread; null until the engine is asked for. */
    private Availability availability;

    /**
     * Makes an engine that is not loaded yet; everything given here is called on its thread.
     *
     * @param name as messages say it: {@code Deeplearning4j}
     * @param thread that all its work is done on
     * @param load loads the natives and never throws
     * @param useThreads takes the number of threads to compute with
     * @param fault says whether a throwable is the engine's own way to fail
     */
    public NativeEngine(
            String name,
            EngineThread thread,
            Supplier<Availability> load,
            IntConsumer useThreads,
            Predicate<Throwable> fault) {
        this.name = name;
        this.thread = thread;
        this.load = load;
        this.useThreads = useThreads;
        this.fault = fault;
    }

    /** Loads the engine if that was not tried before, and returns whether it can run here. */
    public Availability availability() {
        return thread.call(() -> {
            if (availability == null) {
                availability = load.get();
            }
            return availability;
        });
    }

    /**
     * Does work on the engine's thread.
     *
     * @param what the work is, as messages say it: {@code predict}
     * @throws ModelException if the engine fails
     */
    <T> T call(String what, int threads, Supplier<T> work) {
        return thread.call(() -> {
            useThreads.accept(threads);
            try {
                return work.get();
            } catch (RuntimeException | OutOfMemoryError e) {
                if (fault.test(e)) {
                    throw new ModelException(name, name + " failed to " + what + ": " + e.getMessage(), e, false);
                }
                throw e;
            }
        });
    }
}
