package io.heimdall.model;

import java.util.List;

/**
 * What one training step sees.
 *
 * @param features standardised features, shape (batch, channels, height, width)
 * @param targets standardised east and north offsets, shape (batch, 2)
 * @param sessionIds one id per row, for messages that must name what was in the batch
 */
public record Batch(FloatTensor features, FloatTensor targets, List<String> sessionIds) {

    /**
     * Checks that the three parts have the same number of rows.
     *
     * @throws IllegalArgumentException if they have not
     */
    public Batch {
        if (features.rows() != targets.rows() || features.rows() != sessionIds.size()) {
            throw new IllegalArgumentException("a batch of " + features.rows() + " feature rows, " + targets.rows()
                    + " target rows and " + sessionIds.size() + " session ids");
        }
        sessionIds = List.copyOf(sessionIds);
    }

    /** Returns the number of rows. */
    public int size() {
        return features.rows();
    }
}
