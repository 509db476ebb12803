package io.heimdall.dataset;

/** What the database said, without the layers around it. */
final class SqliteFaults {

    private SqliteFaults() {}

    static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
