package io.heimdall.model.backend;

/** Whether a backend can run on this machine. */
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
     * @param remedy what the user can do
     */
    record Missing(String reason, String remedy) implements Availability {}
}
