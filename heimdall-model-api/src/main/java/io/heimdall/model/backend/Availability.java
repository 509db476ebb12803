package io.heimdall.model.backend;

/** The availability of a backend on this machine. */
public sealed interface Availability {

    /**
     * It can.
     *
     * @param version of the engine and its natives
     * @param device what it computes on: {@code cpu}
     */
    record Ready(String version, String device) implements Availability {}

    /**
     * It cannot.
     *
     * @param reason what is missing
     * @param remedy for the user
     */
    record Missing(String reason, String remedy) implements Availability {

        /**
         * Returns that native libraries did not load, with the message of the first cause.
         *
         * @param libraries the engine that they belong to: {@code ND4J}
         */
        public static Missing notLoaded(String libraries, Throwable thrown, String remedy) {
            Throwable first = thrown;
            while (first.getCause() != null && first.getCause() != first) {
                first = first.getCause();
            }
            String message = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
            return new Missing("the native libraries of " + libraries + " did not load: " + message, remedy);
        }
    }
}
