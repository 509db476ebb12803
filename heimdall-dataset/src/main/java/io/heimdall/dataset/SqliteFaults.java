package io.heimdall.dataset;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/** What the database said, without the layers around it. */
final class SqliteFaults {

    /** An extended code says in its higher bytes which of its kind it is. */
    private static final int LOW_BYTE = 0xff;

    private static final Set<Integer> PASSING = Set.of(
            SQLiteErrorCode.SQLITE_BUSY.code,
            SQLiteErrorCode.SQLITE_LOCKED.code,
            SQLiteErrorCode.SQLITE_NOMEM.code,
            SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_FULL.code,
            SQLiteErrorCode.SQLITE_PROTOCOL.code);

    private SqliteFaults() {}

    /** Whether it may pass by itself: another process writes, the disk is full or fails, memory is short. */
    static boolean isPassing(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException sql) {
                return PASSING.contains(sql.getErrorCode() & LOW_BYTE);
            }
        }
        return false;
    }

    static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
