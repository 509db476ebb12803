package io.heimdall.model.backend;

/**
 * Whether an engine can run a network, with the reason if it cannot.
 *
 * @param supported whether it can
 * @param reason why it cannot, for the user; empty where it can
 */
public record Support(boolean supported, String reason) {
    /** It can. */
    public static final Support YES = new Support(true, "");

    /** Returns that it cannot, and why. */
    public static Support no(String reason) {
        return new Support(false, reason);
    }
}
