package io.heimdall.servers.s3;

import io.heimdall.files.ObjectStoreException;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InternalException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** What the object store said, and whether asking again can help. */
final class S3Faults {

    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchObject", "NotFound", "ResourceNotFound");
    private static final Set<String> REFUSED = Set.of(
            "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity", "AllAccessDisabled");
    private static final Set<String> PASSING = Set.of(
            "InternalError",
            "ServiceUnavailable",
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "RequestTimeout",
            "OperationAborted",
            "Throttling",
            // The body came cut or changed: it is whole when it is sent again.
            "IncompleteBody",
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "ClientDisconnected", // MinIO's word for it
            "InvalidRequest"); // S3Proxy's
    private static final Set<Integer> PASSING_STATUS = Set.of(408, 429, 500, 502, 503, 504);

    private S3Faults() {}

    /**
     * Whether it may pass by itself: a connection that is refused, cut or silent, a body that was damaged on its way, a server
     * that is busy or failing.
     */
    static boolean isPassing(Exception fault) {
        String code = code(fault);
        if (!code.isEmpty()) {
            return PASSING.contains(code) || PASSING_STATUS.contains(status(fault));
        }
        if (fault instanceof ServerException server) {
            return PASSING_STATUS.contains(server.statusCode());
        }
        return fault instanceof InvalidResponseException
                || fault instanceof InternalException
                || fault instanceof XmlParserException
                || network(fault) != null;
    }

    static boolean isMissingObject(Exception fault) {
        return MISSING.contains(code(fault)) || isMissingBucket(fault);
    }

    /** Returns whether a range was asked for that begins behind the object's last byte. */
    static boolean isBeyondTheEnd(Exception fault) {
        return code(fault).equals("InvalidRange") || status(fault) == 416;
    }

    static boolean isMissingBucket(Exception fault) {
        return code(fault).equals("NoSuchBucket");
    }

    static boolean isExistingBucket(Exception fault) {
        return code(fault).startsWith("BucketAlready");
    }

    static boolean isChanged(Exception fault) {
        return code(fault).equals("PreconditionFailed") || status(fault) == 412;
    }

    /**
     * The exception for a caller: what failed, why, what was tried, the way out; no headers, no keys.
     *
     * @param store its address
     * @param where behind the deed: {@code " at byte 7"}
     */
    static IOException described(S3Settings store, S3Deed deed, String where, Exception fault, String tried) {
        if (deed.wanted().isPresent() && isMissingObject(fault)) {
            NoSuchFileException missing = new NoSuchFileException(deed.subject());
            missing.initCause(fault);
            return missing;
        }
        String told = "the object store " + store.endpoint() + " failed at " + deed + where + ": " + reason(fault)
                + remedy(store, fault) + " (" + tried + ")";
        return isRefused(fault)
                ? ObjectStoreException.refused(deed.subject(), told, fault)
                : new ObjectStoreException(deed.subject(), told, fault, isPassing(fault));
    }

    /** Whether the key is known, and may not do this. */
    private static boolean isRefused(Exception fault) {
        return code(fault).equals("AccessDenied");
    }

    private static String remedy(S3Settings store, Exception fault) {
        String code = code(fault);
        if (isMissingBucket(fault)) {
            return store.createBuckets() ? "" : "; create the bucket, or allow that buckets are created";
        } else if (REFUSED.contains(code) || status(fault) == 403) {
            return "; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and the rights of this key";
        } else if (network(fault) != null) {
            return "; is it running, and is the address right?";
        }
        return "";
    }

    static String reason(Exception fault) {
        IOException network = network(fault);
        Throwable told = network != null ? network : fault;
        String message = told.getMessage();
        if (message == null || message.isBlank()) {
            message = code(fault).isEmpty() ? told.getClass().getSimpleName() : code(fault);
        }
        return message.lines().findFirst().orElse(message).strip().replaceFirst("\\.$", "");
    }

    /** The fault of the line, which the client wraps in one way or another; null if there is none. */
    private static IOException network(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof IOException io) {
                return io;
            }
        }
        return null;
    }

    private static String code(Exception fault) {
        String code = fault instanceof ErrorResponseException error && error.errorResponse() != null
                ? error.errorResponse().code()
                : "";
        return code == null ? "" : code;
    }

    private static int status(Exception fault) {
        return fault instanceof ErrorResponseException error && error.response() != null
                ? error.response().code()
                : 0;
    }
}
