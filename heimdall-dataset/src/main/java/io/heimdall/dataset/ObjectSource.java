package io.heimdall.dataset;

import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.RecordingFormatException;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** A recording that is an object on a server, read there by ranges; messages name it {@code s3://bucket/key}. */
public final class ObjectSource implements ByteSource {
    private final ObjectRanges objects;
    private final ObjectKey key;
    private final Optional<ObjectVersion> version;
    private final boolean sibling;

    private ObjectSource(ObjectRanges objects, ObjectKey key, Optional<ObjectVersion> version, boolean sibling) {
        this.objects = objects;
        this.key = key;
        this.version = version;
        this.sibling = sibling;
    }

    /** Returns an object as it is whenever it is opened. */
    public static ObjectSource of(ObjectRanges objects, ObjectKey key) {
        return new ObjectSource(objects, key, Optional.empty(), false);
    }

    /** Returns one version of an object, which cannot be read any more once the object is replaced. */
    public static ObjectSource of(ObjectRanges objects, ObjectVersion version) {
        return new ObjectSource(objects, version.key(), Optional.of(version), false);
    }

    /** Returns the object. */
    ObjectKey key() {
        return key;
    }

    @Override
    public String name() {
        return key.name();
    }

    @Override
    public boolean exists() throws IOException {
        try {
            return version.isPresent() || objects.version(key) != null;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (ObjectStoreException e) {
            if (sibling && e.isRefused()) {
                return false; // so does S3 answer of what is missing, where the caller may not list
            }
            throw e;
        }
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        try {
            return objects.open(version.isPresent() ? version.get() : objects.version(key));
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(key.toString(), null, "no such recording");
        }
    }

    @Override
    public ByteSource beside(String name) throws IOException {
        if (!ObjectKey.isSegment(name)) {
            throw new RecordingFormatException(this, -1, "a file name " + name, "one that an object can have");
        }
        return new ObjectSource(objects, objects.beside(key, name), Optional.empty(), true);
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
