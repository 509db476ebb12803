package io.heimdall.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Decides whether a fault of files or objects may pass by itself. */
public final class DiskFaults {

    private DiskFaults() {}

    /**
     * Returns whether the same call may succeed later: a full disk or a lost network folder may come back, a file that lies in
     * the way may go; one that is missing, cut short or of another user stays that until somebody mends it.
     */
    public static boolean mayPass(IOException fault) {
        if (fault instanceof ObjectStoreException store) {
            return store.mayPassLater();
        }
        return !(fault instanceof NoSuchFileException
                || fault instanceof AccessDeniedException
                || fault instanceof EOFException);
    }
}
