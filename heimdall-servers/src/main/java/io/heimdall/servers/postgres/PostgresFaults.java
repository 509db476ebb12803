package io.heimdall.servers.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/** What the database said, and whether asking again can help. */
final class PostgresFaults {

    private PostgresFaults() {}

    /** Whether it may pass by itself: a lost connection, a server that starts or stops, a conflict of two writers. */
    static boolean isPassing(Throwable fault) {
        Optional<String> state = state(fault);
        if (state.isEmpty()) {
            return has(fault, SQLTransientConnectionException.class);
        }
        String code = state.get();
        return code.startsWith("08") // connection lost or refused
                || code.startsWith("57P0") // shut down by an operator, crashed, or cannot accept connections yet
                || code.equals("25P03") // idle in its transaction for too long
                || code.equals("53300") // too many connections
                || code.equals("40001") // serialisation failure
                || code.equals("40P01"); // deadlock
    }

    /** What to do about it, as the end of a message; empty where the reason says it. */
    static String remedy(Throwable fault) {
        String code = state(fault).orElse("");
        if (code.startsWith("28")) {
            return "; check user and password of the database";
        } else if (code.equals("3D000")) {
            return "; create that database, or correct its address";
        } else if (code.equals("42P01") || code.equals("3F000")) {
            return "; 'heimdall migrate' creates the missing tables";
        } else if (code.startsWith("08")) {
            return "; is it running, and is the address right?";
        } else if (code.equals("42501")) {
            return "; grant this user the right, or take another user";
        }
        return "";
    }

    /** The first line of the innermost message. */
    static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null
                && root.getCause() != root
                && !(root instanceof org.postgresql.util.PSQLException)) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message).strip().replaceFirst("\\.$", "");
    }

    /** The innermost SQL state: the pool's own exceptions are around the driver's. */
    private static Optional<String> state(Throwable fault) {
        Optional<String> state = Optional.empty();
        for (Throwable t = fault; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                state = Optional.of(sql.getSQLState());
            }
        }
        return state;
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        for (Throwable t = fault; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
