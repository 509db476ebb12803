package io.heimdall.app.service;

/**
 * A second model that answers a share of the predictions unseen.
 *
 * @param model a version or an alias of the same registered model: {@code challenger}
 * @param share of the predictions, above 0 and at most 1
 */
public record ShadowOptions(String model, double share) {

    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public ShadowOptions {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("shadow share " + share + " is not above 0 and at most 1");
        }
    }
}
