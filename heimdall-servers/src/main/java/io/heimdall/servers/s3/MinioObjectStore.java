package io.heimdall.servers.s3;

import io.heimdall.files.Attempts;
import io.heimdall.files.Backoff;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.Sha256;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects on an S3 server, with a cache on the local disk.
 *
 * <p>Passing faults (refused, cut, silent, busy) are retried for a while; an interrupted download continues at its
 * last byte. Stored objects have their SHA-256 as user metadata. A download is compared with it, or with the ETag if
 * that is an MD5. Files above {@value #PART_BYTES} bytes are sent in parts, and appear when the last part is stored.
 *
 * <p>{@link #ranges} reads objects in parts, from the cache where it has them, and else without a copy on the disk. {@link #fetch} keeps files in the cache and compares them with the server's object at least every ten minutes. If
 * another program replaces an object, the change is seen after at most this time.
 *
 * <p>Thread-safe; share one instance, with its connections and cache.
 */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    private static final long PART_BYTES = 8L << 20;

    private static final Duration MOMENT = Duration.ofMinutes(1);

    private final S3Settings settings;
    private final ObjectCache cache;
    private final S3Connections connections;
    private final MinioClient client;
    private final MinioClient downloads;
    private final S3Permits permits;
    private final TrustedVersions trusted = new TrustedVersions(this::stat);
    private final S3Ranges ranges;
    private final Object[] fetchLocks = Stream.generate(Object::new).limit(64).toArray();

    private MinioObjectStore(S3Settings settings, ObjectCache cache) {
        this.settings = settings;
        this.cache = cache;
        this.permits = new S3Permits(settings.connections());
        this.connections = new S3Connections(settings, PART_BYTES);
        this.client = connections.client();
        this.downloads = connections.downloads();
        S3Parts parts = new S3Parts(settings, connections, permits, this::attempts);
        this.ranges = new S3Ranges(this::list, trusted, cache, parts);
    }

    /**
     * Prepares a store; the server is asked by the first call.
     *
     * @param settings where it is
     * @param cache directory for what is fetched; made if need be; several processes may share it
     * @param cacheBytes how much it may hold, 0 or more; what was fetched within the last minute stays even so
     * @return the store
     * @throws IOException if the directory cannot be made
     */
    public static MinioObjectStore open(S3Settings settings, Path cache, long cacheBytes) throws IOException {
        return open(settings, cache, cacheBytes, MOMENT);
    }

    static MinioObjectStore open(S3Settings settings, Path cache, long cacheBytes, Duration moment) throws IOException {
        return new MinioObjectStore(settings, ObjectCache.open(cache, cacheBytes, moment));
    }

    private interface Call<T> {
        T run() throws Exception;
    }

    /** Asks the server, again if that can help, while few others do. */
    private <T> T ask(S3Deed deed, Call<T> call) throws IOException {
        Attempts attempts = attempts();
        return permits.run(() -> {
            while (true) {
                try {
                    return call.run();
                } catch (Exception e) {
                    if (!S3Faults.isPassing(e) || !attempts.again()) {
                        throw S3Faults.described(settings, deed, "", e, attempts.toString());
                    }
                }
            }
        });
    }

    private Attempts attempts() {
        return new Attempts(Backoff.usual(settings.timeout().multipliedBy(3)));
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        put(key, file, Sha256.of(file));
    }

    /**
     * Stores a file of known content.
     *
     * @param sha256 of the file, hexadecimal; a wrong one makes the object a damaged one
     * @throws IOException as {@link #put(ObjectKey, Path)} does
     */
    void put(ObjectKey key, Path file, String sha256) throws IOException {
        long length = Files.size(file);
        trusted.remove(key);
        ObjectWriteResponse written = ask(S3Deed.storing(key), () -> upload(key, file, sha256));
        trusted.remove(key);
        cache.forget(key);
        StatObjectResponse stored = stat(key);
        boolean same = ObjectDownload.unquoted(stored.etag()).equals(ObjectDownload.unquoted(written.etag()));
        if (same && stored.size() != length) {
            throw new ObjectStoreException(
                    key.toString(),
                    key + " has " + stored.size() + " bytes on the server, " + length + " were sent; store it again",
                    null,
                    true);
        }
    }

    private ObjectWriteResponse upload(ObjectKey key, Path file, String sha256) throws Exception {
        UploadObjectArgs upload = UploadObjectArgs.builder()
                .bucket(key.bucket())
                .object(key.key())
                .filename(file.toString(), PART_BYTES)
                .userMetadata(Map.of(ObjectDownload.SHA256, sha256))
                .contentType("application/octet-stream")
                .build();
        try {
            return client.uploadObject(upload);
        } catch (Exception e) {
            if (!S3Faults.isMissingBucket(e) || !settings.createBuckets()) {
                throw e;
            }
            makeBucket(key.bucket());
            return client.uploadObject(upload);
        }
    }

    private void makeBucket(String bucket) throws Exception {
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        } catch (Exception e) {
            if (!S3Faults.isExistingBucket(e)) {
                throw e;
            }
        }
    }

    @Override
    public void put(ObjectKey key, InputStream content) throws IOException {
        Path aside = cache.aside();
        try {
            try {
                Files.copy(content, aside);
            } catch (FileSystemException e) {
                throw cacheFault(key, e);
            }
            put(key, aside);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private IOException cacheFault(ObjectKey key, IOException fault) {
        return new ObjectStoreException(
                key.toString(),
                key + " does not fit into the cache " + cache.directory() + ": " + S3Faults.reason(fault)
                        + "; make room there, or name another directory",
                fault,
                DiskFaults.mayPass(fault));
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        return permits.run(() -> download(key));
    }

    /**
     * Reads a part of an object. Its checksum is the caller's to compare: the server knows that of the whole object.
     *
     * @param key the object's name
     * @param offset of the first byte
     * @param length number of bytes, at least 1
     * @return that many bytes
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws EOFException if the object ends before
     * @throws IOException if the store cannot answer
     */
    byte[] read(ObjectKey key, long offset, int length) throws IOException {
        byte[] part = ask(S3Deed.with("reading", key), () -> {
            try (InputStream content = client.getObject(GetObjectArgs.builder()
                    .bucket(key.bucket())
                    .object(key.key())
                    .offset(offset)
                    .length((long) length)
                    .build())) {
                return content.readNBytes(length);
            } catch (ErrorResponseException e) {
                if (S3Faults.isBeyondTheEnd(e)) {
                    return new byte[0];
                }
                throw e;
            }
        });
        if (part.length < length) {
            throw new EOFException(key + " ends " + (length - part.length) + " bytes early for " + length
                    + " bytes from byte " + offset + " on");
        }
        return part;
    }

    private ObjectDownload download(ObjectKey key) throws IOException {
        return ObjectDownload.open(
                settings,
                key,
                (position, etag) -> {
                    GetObjectArgs.Builder get =
                            GetObjectArgs.builder().bucket(key.bucket()).object(key.key());
                    if (etag != null) {
                        get.offset(position).matchETag(etag);
                    }
                    return downloads.getObject(get.build());
                },
                attempts());
    }

    @Override
    public Path fetch(ObjectKey key) throws IOException {
        // One download of an object, however many threads want it.
        synchronized (fetchLocks[Math.floorMod(key.hashCode(), fetchLocks.length)]) {
            Optional<Path> kept = kept(key);
            return kept.isPresent() ? kept.get() : permits.run(() -> fill(key));
        }
    }

    private Optional<Path> kept(ObjectKey key) throws IOException {
        ObjectVersion known = trusted.of(key);
        return cache.find(key, known.tag(), known.length());
    }

    @Override
    public Optional<ObjectRanges> ranges() {
        return Optional.of(ranges);
    }

    private Path fill(ObjectKey key) throws IOException {
        Path aside = cache.aside();
        try (ObjectDownload download = download(key)) {
            long free = Files.getFileStore(cache.directory()).getUsableSpace();
            if (download.length() > free) {
                throw new FileSystemException(
                        aside.toString(), null, download.length() + " bytes are needed, " + free + " are free");
            }
            Files.copy(download, aside);
            trusted.add(new ObjectVersion(key, download.etag(), Files.size(aside), download.sha256()));
            return cache.adopt(aside, key, download.etag());
        } catch (NoSuchFileException | ObjectStoreException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) { // not of the store, so of the disk
            throw cacheFault(key, e);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private StatObjectResponse stat(ObjectKey key) throws IOException {
        return ask(
                S3Deed.with("asking for", key),
                () -> client.statObject(StatObjectArgs.builder()
                        .bucket(key.bucket())
                        .object(key.key())
                        .build()));
    }

    @Override
    public long size(ObjectKey key) throws IOException {
        return stat(key).size();
    }

    @Override
    public String sha256(ObjectKey key) throws IOException {
        String known = stat(key).headers().get("x-amz-meta-" + ObjectDownload.SHA256);
        return known != null ? known : ObjectStore.super.sha256(key);
    }

    @Override
    public boolean exists(ObjectKey key) throws IOException {
        try {
            stat(key);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    @Override
    public List<ObjectKey> list(String bucket, String prefix) throws IOException {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (!folder.isEmpty() && key(bucket, folder + "x").isEmpty()) {
            return List.of(); // no key begins like this, and servers that are directories are confused by it
        }
        return ask(S3Deed.listing(bucket), () -> {
            List<ObjectKey> keys = new ArrayList<>();
            try {
                for (Result<Item> result : client.listObjects(ListObjectsArgs.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .recursive(true)
                        .build())) {
                    key(bucket, result.get().objectName()).ifPresent(keys::add);
                }
            } catch (Exception e) {
                if (!S3Faults.isMissingBucket(e)) {
                    throw e;
                }
            }
            keys.sort(Comparator.comparing(ObjectKey::key));
            return keys;
        });
    }

    /** Other programs' objects may have names that are no safe path, folder marks among them: nobody asks for these. */
    private static Optional<ObjectKey> key(String bucket, String name) {
        try {
            return Optional.of(new ObjectKey(bucket, name));
        } catch (IllegalArgumentException noSafePath) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        trusted.remove(key);
        try {
            ask(S3Deed.with("deleting", key), () -> {
                client.removeObject(RemoveObjectArgs.builder()
                        .bucket(key.bucket())
                        .object(key.key())
                        .build());
                return null;
            });
        } catch (NoSuchFileException alreadyGone) {
            return;
        } finally {
            trusted.remove(key);
            cache.forget(key);
        }
    }

    /** Ends the connections; calls under way fail. Safe to call twice. */
    @Override
    public void close() {
        connections.close();
    }

    /** Returns where it is, without keys. */
    @Override
    public String toString() {
        return settings.endpoint().toString();
    }
}
