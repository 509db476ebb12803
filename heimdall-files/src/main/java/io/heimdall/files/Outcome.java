package io.heimdall.files;

import java.util.function.Consumer;

/**
 * The outcome of work: its result, or its exception, which keeps its type on the way to the thread that waits.
 *
 * <p>A {@link java.util.concurrent.Future} of an outcome never fails itself, so no caller has to unwrap its exceptions.
 *
 * @param <T> of the result
 * @param <X> the exception that the work declares; {@link RuntimeException} where it declares none
 */
public final class Outcome<T, X extends Exception> {
    private final T result;
    private final X declared;
    private final RuntimeException unchecked;
    private final Error error;

    private Outcome(T result, X declared, RuntimeException unchecked, Error error) {
        this.result = result;
        this.declared = declared;
        this.unchecked = unchecked;
        this.error = error;
    }

    /**
     * Work that ends in one of these ways.
     *
     * @param <X> that it declares
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        /** Does it. */
        T run() throws X;
    }

    /**
     * Does work, and returns how it ended.
     *
     * @param type of the exception that the work declares
     */
    public static <T, X extends Exception> Outcome<T, X> of(Class<X> type, Work<T, X> work) {
        try {
            return new Outcome<>(work.run(), null, null, null);
        } catch (RuntimeException e) {
            return new Outcome<>(null, null, e, null);
        } catch (Error e) {
            return new Outcome<>(null, null, null, e);
        } catch (Exception e) {
            return new Outcome<>(null, type.cast(e), null, null);
        }
    }

    /** Returns whether there is a result. */
    public boolean isResult() {
        return declared == null && unchecked == null && error == null;
    }

    /** Does something with the result, if there is one. */
    public void ifResult(Consumer<T> use) {
        if (isResult()) {
            use.accept(result);
        }
    }

    /** Returns the result, or throws what the work threw. */
    public T get() throws X {
        if (declared != null) {
            throw declared;
        }
        if (unchecked != null) {
            throw unchecked;
        }
        if (error != null) {
            throw error;
        }
        return result;
    }
}
