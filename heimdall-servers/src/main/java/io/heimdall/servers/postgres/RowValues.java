package io.heimdall.servers.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Values of columns, as Heimdall's tables hold them: keys, and times to the microsecond. */
final class RowValues {
    private RowValues() {}

    /** Returns a time to the microsecond, cut and not rounded: {@link #nanos} are the rest of it. */
    static OffsetDateTime micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Returns the nanoseconds of a time beyond its last full microsecond, 0..999. */
    static int nanos(Instant time) {
        return time.getNano() % 1_000;
    }

    /** Returns the key of a name, always the same: writing again updates rows and doubles nothing. */
    static String uuid(String kind, String name) {
        return UUID.nameUUIDFromBytes((kind + ":" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
