package io.heimdall.app;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;

/**
 * The text of an exception for users, in one or two lines that name its subject and, where there is one, the remedy.
 */
public final class Explanation {

    private Explanation() {}

    /** Returns the text for {@code failure}; never empty. */
    public static String of(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + failure.getMessage() + " (of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB)\nGive Java more: HEIMDALL_JAVA_OPTS=-Xmx4g";
        }
        if (failure instanceof FileSystemException file) {
            return file(file);
        }
        if (failure.getCause() != null && wrapsOnly(failure)) {
            return of(failure.getCause());
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName() + " (--debug shows where)"
                : message;
    }

    private static boolean wrapsOnly(Throwable failure) {
        return failure instanceof UncheckedIOException
                || failure instanceof ExecutionException
                || failure instanceof ExceptionInInitializerError
                || failure.getMessage() == null;
    }

    /** The JDK's own messages are bare file names. */
    private static String file(FileSystemException failure) {
        String reason = failure.getReason();
        if (failure instanceof NoSuchFileException) {
            reason = "no such file or directory";
        } else if (failure instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (failure instanceof FileAlreadyExistsException) {
            reason = "exists already";
        } else if (failure instanceof NotDirectoryException) {
            reason = "is not a directory";
        }
        return failure.getFile() + ": " + (reason == null ? failure.getClass().getSimpleName() : reason);
    }
}
