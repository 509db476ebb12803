package io.heimdall.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Whole numbers in JSON, which programs that know one type of number alone write as {@code 2.0}. */
public final class WholeNumbers {
    private WholeNumbers() {}

    /** Returns the value of a node; empty if it is no whole number, or one beyond the range of {@code long}. */
    public static Optional<Long> of(JsonNode node) {
        return node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()
                ? Optional.of(node.longValue())
                : Optional.empty();
    }
}
