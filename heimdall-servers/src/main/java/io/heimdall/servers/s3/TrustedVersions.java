package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectVersion;
import io.minio.StatObjectResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the server said of its objects within the last ten minutes. Thread-safe. */
final class TrustedVersions {
    private static final Duration TRUST = Duration.ofMinutes(10);

    private final Map<ObjectKey, Trusted> trusted = new ConcurrentHashMap<>();
    private final Stat stat;

    private record Trusted(ObjectVersion version, long since) {}

    /** Asks the server for an object's headers. */
    interface Stat {
        StatObjectResponse of(ObjectKey key) throws IOException;
    }

    TrustedVersions(Stat stat) {
        this.stat = stat;
    }

    /** Returns an object's version; asks the server where it has not been asked lately. */
    ObjectVersion of(ObjectKey key) throws IOException {
        Trusted known = trusted.get(key);
        if (known != null && System.nanoTime() - known.since() <= TRUST.toNanos()) {
            return known.version();
        }
        StatObjectResponse found = stat.of(key);
        ObjectVersion version = new ObjectVersion(
                key,
                ObjectDownload.unquoted(found.etag()),
                found.size(),
                Optional.ofNullable(found.headers().get("x-amz-meta-" + ObjectDownload.SHA256)));
        add(version);
        return version;
    }

    /** Takes what a download told. */
    void add(ObjectVersion version) {
        trusted.put(version.key(), new Trusted(version, System.nanoTime()));
    }

    /** Asks again next time. */
    void remove(ObjectKey key) {
        trusted.remove(key);
    }
}
