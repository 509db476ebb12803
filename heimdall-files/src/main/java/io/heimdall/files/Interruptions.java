package io.heimdall.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** Tells faults that follow from an interrupt from those of a disk or a server. */
public final class Interruptions {

    private Interruptions() {}

    /** Returns whether a call failed since its thread was interrupted: another thread may succeed at once. */
    public static boolean ended(IOException fault) {
        return fault instanceof ClosedByInterruptException
                || fault instanceof InterruptedIOException && !(fault instanceof SocketTimeoutException)
                || Thread.currentThread().isInterrupted();
    }
}
