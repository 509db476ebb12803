package io.heimdall.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads whole numbers in JSON. Programs that have only one type of number write them as {@code 2.0}. */
public final class WholeNumbers {
    private WholeNumbers() {}

    /** Returns the value of a node; empty if it is no whole number, or one beyond the range of {@code long}. */
    public static Optional<Long> of(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()
                ? Optional.of(node.longValue())
                : Optional.empty();
    }
}
