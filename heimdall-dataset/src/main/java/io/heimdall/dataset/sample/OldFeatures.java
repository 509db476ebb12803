package io.heimdall.dataset.sample;

import io.heimdall.dataset.store.FeatureKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The features that earlier versions kept, a file for each recording: {@code ab/abcd....f32} has the floats, little-endian, and their
 * CRC-32C. Each is moved into the feature store when it is first used: its file is removed once the store has published it.
 * Thread-safe.
 */
final class OldFeatures {
    private static final String SUFFIX = ".f32";

    private final Path directory;

    OldFeatures(Path directory) {
        this.directory = directory;
    }

    /** Returns the features of a key; nothing where the file is damaged, or there is none. */
    Optional<float[]> find(FeatureKey key) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(key));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        int end = Float.BYTES * key.size();
        if (bytes.length != end + Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        if (buffer.getInt(end) != (int) crc.getValue()) {
            return Optional.empty();
        }
        float[] features = new float[key.size()];
        buffer.asFloatBuffer().get(features);
        return Optional.of(features);
    }

    /** Removes the file of an entry that the store has published. */
    void remove(FeatureKey published) throws IOException {
        Path file = file(published);
        Files.deleteIfExists(file);
        try {
            Files.deleteIfExists(file.getParent());
        } catch (DirectoryNotEmptyException others) {
            return;
        }
    }

    /** Returns how many entries have not been moved yet. */
    long count() throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).count();
        }
    }

    private Path file(FeatureKey key) {
        return directory.resolve(key.hex().substring(0, 2)).resolve(key.hex() + SUFFIX);
    }
}
