package io.heimdall.dataset.sample;

import io.heimdall.files.Sha256;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps computed features in a directory that may be deleted at any time.
 *
 * <p>The name of an entry is the hash of all its inputs, so entries never become stale, and random draws are never
 * cached. A file has the floats, little endian, and their CRC-32C; a damaged file is computed again. Thread-safe, also
 * between processes.
 */
public final class FeatureCache {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);

    private final Optional<Path> directory;
    private final AtomicBoolean warned = new AtomicBoolean();

    private FeatureCache(Optional<Path> directory) {
        this.directory = directory;
    }

    /**
     * Opens a cache.
     *
     * @param directory made when first needed
     */
    public FeatureCache(Path directory) {
        this(Optional.of(directory));
    }

    /** Returns a cache that keeps nothing, for recordings that are looked at once. */
    public static FeatureCache none() {
        return new FeatureCache(Optional.empty());
    }

    /** Computes features that the cache does not have. */
    @FunctionalInterface
    interface Computation {
        float[] run() throws IOException;
    }

    /**
     * Returns an entry, computed and stored if it is not there. A cache that cannot be written is only slow, and says so.
     *
     * @param name all that the features follow from
     * @param size number of features
     */
    float[] get(String name, int size, Computation computation) throws IOException {
        if (directory.isEmpty()) {
            return computation.run();
        }
        String hash = HexFormat.of().formatHex(Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8)));
        Path file = directory.get().resolve(hash.substring(0, 2)).resolve(hash + ".f32");
        float[] features = read(file, size);
        if (features == null) {
            features = computation.run();
            try {
                write(file, features);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                warnOnce("cannot keep features", e);
            }
        }
        return features;
    }

    private float[] read(Path file, int size) throws ClosedByInterruptException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == 4 * size + 4) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                if (buffer.getInt(4 * size) == checksum(bytes, 4 * size)) {
                    float[] features = new float[size];
                    buffer.asFloatBuffer().get(features);
                    return features;
                }
            }
            LOG.debug("{} is damaged; its features are computed again", file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            warnOnce("cannot read kept features", e);
        }
        return null;
    }

    /** One line is enough: the same fault comes with every recording. */
    private void warnOnce(String what, IOException fault) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("{}: {}; going on without the cache {}", what, fault.toString(), directory.orElseThrow());
        }
    }

    private static void write(Path file, float[] features) throws IOException {
        byte[] bytes = new byte[4 * features.length + 4];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(features);
        buffer.putInt(4 * features.length, checksum(bytes, 4 * features.length));
        Files.createDirectories(file.getParent());
        // Not forced to the disk: what a power failure spoils of it, the checksum tells, and it is computed again.
        WholeFile.make(file, aside -> Files.write(aside, bytes));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
