package io.heimdall.dataset.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Knows when recordings can have begun. */
final class StartDates {
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    /** The clock of the machine that recorded may be ahead of this one's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private StartDates() {}

    /** Returns why a recording cannot well have begun then; empty where it can. */
    static Optional<String> fault(Instant start) {
        if (start.isBefore(EARLIEST)) {
            return Optional.of("is before 1990");
        }
        return start.isAfter(Instant.now().plus(CLOCKS_DIFFER)) ? Optional.of("is in the future") : Optional.empty();
    }
}
