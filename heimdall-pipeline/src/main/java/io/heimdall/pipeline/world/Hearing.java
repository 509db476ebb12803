package io.heimdall.pipeline.world;

/** What a station says of a session. */
enum Hearing {
    /** It has a level. */
    HEARD,
    /** It was in service, and has no level: the signal was below its threshold, or it dropped out. */
    SILENT,
    /** It was not in service, which tells nothing. */
    OFF
}
