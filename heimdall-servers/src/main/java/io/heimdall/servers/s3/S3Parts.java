package io.heimdall.servers.s3;

import io.heimdall.files.Attempts;
import io.heimdall.files.ObjectVersion;
import io.minio.GetObjectArgs;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Reads parts of objects, a request each, or some where a line is cut. Thread-safe.
 *
 * @param attempts begins the tries of one part
 */
record S3Parts(S3Settings settings, S3Connections connections, S3Permits permits, Supplier<Attempts> attempts) {

    /** Returns threads for parts that are read ahead. */
    Executor threads() {
        return connections.threads();
    }

    /** Reads a part of a version, which fails once the object is another. */
    byte[] read(ObjectVersion version, long start, int bytes) throws IOException {
        ObjectDownload.Request request = (position, etag) -> connections
                .downloads()
                .getObject(GetObjectArgs.builder()
                        .bucket(version.key().bucket())
                        .object(version.key().key())
                        .offset(start + position)
                        .length(bytes - position)
                        .matchETag(etag)
                        .build());
        return permits.run(() -> {
            try (ObjectDownload part =
                    ObjectDownload.openPart(settings, version, request, attempts.get(), start, bytes)) {
                return part.readNBytes(bytes);
            }
        });
    }
}
