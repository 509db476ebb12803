package io.heimdall.files;

import java.util.Optional;

/**
 * An object as it was at some time; one that replaces it is another version.
 *
 * @param key its name
 * @param tag what the store calls this content
 * @param length bytes
 * @param sha256 of its content, 64 lower-case hexadecimal digits; empty where the store does not know it
 */
public record ObjectVersion(ObjectKey key, String tag, long length, Optional<String> sha256) {

    /** Drops a digest that is none. */
    public ObjectVersion {
        sha256 = sha256.filter(digits -> digits.matches("[0-9a-f]{64}"));
    }
}
