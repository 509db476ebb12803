package io.heimdall.servers.s3;

import io.heimdall.files.Attempts;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.Sha256;
import io.minio.GetObjectResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import okhttp3.Headers;

/**
 * The content of an object, over as many requests as it takes: after a cut it goes on where it stood, if the object is
 * still the same. Length and checksum are compared at the end. For one thread.
 */
final class ObjectDownload extends InputStream {

    /** User metadata of what this library wrote: an ETag is a checksum only of objects that came in one part. */
    static final String SHA256 = "sha256";

    /** Fewer bytes than this within one timeout are as good as silence. */
    private static final long LEAST_BYTES = 1_024;

    /** After so many a new fault has all its tries again. */
    private static final long PROGRESS_BYTES = 256 << 10;

    /** Asks for the content from a position on, of the object with this ETag; of any if it is null. */
    interface Request {
        GetObjectResponse from(long position, String etag) throws Exception;
    }

    private final S3Settings settings;
    private final ObjectKey key;
    private final Request request;
    private final Attempts attempts;
    private final long start;
    private final boolean whole;
    private final byte[] single = new byte[1];
    private InputStream body;
    private String etag;
    private long length;
    private MessageDigest digest;
    private String expected;
    private String stored;
    private long position;
    private long positionOfFault;
    private long windowStart;
    private long windowBytes;
    private boolean checked;

    private ObjectDownload(
            S3Settings settings, ObjectKey key, Request request, Attempts attempts, Optional<Long> start) {
        this.settings = settings;
        this.key = key;
        this.request = request;
        this.attempts = attempts;
        this.start = start.orElse(0L);
        this.whole = start.isEmpty();
    }

    /** Begins the first request. */
    static ObjectDownload open(S3Settings settings, ObjectKey key, Request request, Attempts attempts)
            throws IOException {
        ObjectDownload download = new ObjectDownload(settings, key, request, attempts, Optional.empty());
        download.connect();
        return download;
    }

    /**
     * Begins the first request for a part, which nothing is compared with but its length.
     *
     * @param request asks for the part, from a position within it on
     * @param version that the part is of
     * @param start of the part in the object
     * @param bytes of the part
     */
    static ObjectDownload openPart(
            S3Settings settings, ObjectVersion version, Request request, Attempts attempts, long start, int bytes)
            throws IOException {
        ObjectDownload download = new ObjectDownload(settings, version.key(), request, attempts, Optional.of(start));
        download.etag = version.tag();
        download.length = bytes;
        download.connect();
        return download;
    }

    /** Returns the digest that the object was stored with. */
    Optional<String> sha256() {
        return Optional.ofNullable(stored);
    }

    String etag() {
        return etag;
    }

    /** Bytes in all; -1 if the server does not say. */
    long length() {
        return length;
    }

    private void connect() throws IOException {
        while (true) {
            long answered;
            try {
                GetObjectResponse response = request.from(position, etag);
                if (etag == null) {
                    describe(response.headers());
                }
                body = response;
                answered = length(response.headers());
            } catch (Exception e) {
                if (S3Faults.isChanged(e)) {
                    throw new ObjectStoreException(
                            key.toString(), key + " was replaced while it was read; read it again", e, true);
                }
                retryOrThrow(e);
                continue;
            }
            requirePart(answered);
            windowStart = System.nanoTime();
            windowBytes = 0;
            return;
        }
    }

    /** Refuses the whole object in the place of a part: some servers do not look at ranges. */
    private void requirePart(long answered) throws ObjectStoreException {
        if (!whole && answered >= 0 && answered != length - position) {
            closeBody();
            throw new ObjectStoreException(
                    key.toString(),
                    "the object store " + settings.endpoint() + " does not read parts of objects: " + answered
                            + " bytes came, " + (length - position) + " were asked for of " + key,
                    null,
                    false);
        }
    }

    private void describe(Headers headers) {
        etag = unquoted(headers.get("ETag"));
        length = length(headers);
        String sha256 = headers.get("x-amz-meta-" + SHA256);
        stored = sha256;
        boolean encrypted =
                headers.names().stream().anyMatch(n -> n.toLowerCase().startsWith("x-amz-server-side-"));
        if (sha256 != null) {
            digest = Sha256.digest();
            expected = sha256;
        } else if (etag.matches("[0-9a-f]{32}") && !encrypted) {
            digest = md5();
            expected = etag;
        }
    }

    private static long length(Headers headers) {
        String bytes = headers.get("Content-Length");
        return bytes == null ? -1 : Long.parseLong(bytes);
    }

    static String unquoted(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void retryOrThrow(Exception fault) throws IOException {
        if (!S3Faults.isPassing(fault) || !attempts.again()) {
            String where = start + position > 0 ? " at byte " + (start + position) : "";
            throw S3Faults.described(settings, S3Deed.with("reading", key), where, fault, attempts.toString());
        }
    }

    @Override
    public int read() throws IOException {
        int read = read(single, 0, 1);
        return read < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (position != length) {
            try {
                int read = body.read(target, offset, count);
                if (read > 0) {
                    took(target, offset, read);
                    return read;
                }
                if (length < 0) {
                    length = position;
                } else if (position < length) {
                    throw new EOFException("the content ended " + (length - position) + " bytes early");
                }
            } catch (IOException e) {
                closeBody();
                retryOrThrow(e);
                positionOfFault = position;
                connect();
            }
        }
        check();
        return -1;
    }

    private void took(byte[] target, int offset, int read) throws IOException {
        if (digest != null) {
            digest.update(target, offset, read);
        }
        position += read;
        windowBytes += read;
        if (position - positionOfFault >= PROGRESS_BYTES) {
            attempts.progress();
        }
        Duration window = Duration.ofNanos(System.nanoTime() - windowStart);
        if (window.compareTo(settings.timeout()) > 0) {
            // What was read counts; a connection that only drips is given up before the next read.
            if (windowBytes < LEAST_BYTES && position != length) {
                closeBody();
            }
            windowStart = System.nanoTime();
            windowBytes = 0;
        }
    }

    private void check() throws IOException {
        if (checked) {
            return;
        }
        checked = true;
        closeBody();
        String found = digest == null ? null : HexFormat.of().formatHex(digest.digest());
        if (found != null && !found.equals(expected)) {
            throw damaged(key, digest.getAlgorithm(), found, expected);
        }
    }

    static ObjectStoreException damaged(ObjectKey key, String algorithm, String found, String expected) {
        return new ObjectStoreException(
                key.toString(),
                key + " is damaged: its " + algorithm + " is " + found + ", expected " + expected + "; store it again",
                null,
                false);
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException alreadyLost) {
            // The connection is given up in any case.
            return;
        }
    }

    @Override
    public void close() {
        closeBody();
    }
}
