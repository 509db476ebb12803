package io.heimdall.servers.postgres;

/**
 * Which of the library's own tables a database has; Heimdall's is read without them.
 *
 * @param sessions {@code training_sessions} and {@code training_measurements}
 * @param quality {@code training_quality}, which an earlier release did not make
 * @param parts {@code training_parts}, likewise
 * @param receivers {@code training_receivers}, likewise
 */
record OwnTables(boolean sessions, boolean quality, boolean parts, boolean receivers) {

    boolean complete() {
        return sessions && quality && parts && receivers;
    }
}
