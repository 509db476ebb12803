package io.heimdall.servers.s3;

import io.heimdall.dataset.store.ShardFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a feature store as objects of a folder on an S3 server, read by ranges: {@code FeatureStores.over(files, precision)}.
 * Passing faults are retried as {@link MinioObjectStore} does.
 */
public final class S3ShardFiles implements ShardFiles {

    /** Short parts of these are kept: a training looks for the same keys in each epoch. */
    private static final String INDEX = ".index";

    private static final int SHORT_BYTES = 64 << 10;
    private static final long KEPT_BYTES = 48L << 20;

    private final MinioObjectStore objects;
    private final ObjectKey folder;
    private final Path staging;
    private final RangeCache kept = new RangeCache(KEPT_BYTES);

    /**
     * Prepares the files; the server is asked by the first call.
     *
     * @param objects the server; stays open
     * @param folder whose objects are the store's, {@code s3://bucket/folder}; need not be there
     * @param staging local directory for the shard that is being written, made if it is missing
     */
    public S3ShardFiles(MinioObjectStore objects, ObjectKey folder, Path staging) {
        this.objects = objects;
        this.folder = folder;
        this.staging = staging;
    }

    @Override
    public List<String> list() throws IOException {
        String prefix = folder.key() + "/";
        return objects.list(folder.bucket(), prefix).stream()
                .map(key -> key.key().substring(prefix.length()))
                .toList();
    }

    @Override
    public ByteBuffer read(String name, long offset, int length) throws IOException {
        byte[] part = name.endsWith(INDEX) && length <= SHORT_BYTES
                ? kept.get(name, offset, length, () -> objects.read(key(name), offset, length))
                : objects.read(key(name), offset, length);
        return ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Path aside() throws IOException {
        Files.createDirectories(staging);
        return WholeFile.aside(staging, "shard");
    }

    @Override
    public void publish(String name, Path aside) throws IOException {
        objects.put(key(name), aside, name.substring(0, name.indexOf('.')));
        kept.forget(name); // of a damaged file of the same content
    }

    @Override
    public void delete(String name) throws IOException {
        kept.forget(name);
        objects.delete(key(name));
    }

    @Override
    public void tidy() throws IOException {
        WholeFile.removeOldParts(staging);
    }

    private ObjectKey key(String name) {
        return new ObjectKey(folder.bucket(), folder.key() + "/" + name);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
