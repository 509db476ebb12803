package io.heimdall.servers.s3;

import io.heimdall.files.DigestedChannel;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import io.heimdall.files.Outcome;
import io.heimdall.files.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * One version of an object, read in blocks of {@value #BLOCK_BYTES} bytes. A few are kept; where blocks are read one after the
 * other, the next one is read ahead. Blocks that come in order from the first to the last are held against the object's SHA-256,
 * where it is known; {@link #verify} reads those that did not. For one thread.
 */
final class RangedObject implements DigestedChannel {

    /** Few requests for long recordings, and most recordings are one or some blocks. */
    static final int BLOCK_BYTES = 2 << 20;

    /** Two places at once, as I and Q stand in planes: of each the block before, the one that is read, and the one ahead. */
    private static final int MOST_KEPT = 6;

    /** Reads a stretch of the object. */
    interface Part {
        byte[] read(long position, int bytes) throws IOException;
    }

    private final ObjectVersion version;
    private final Part part;
    private final Executor ahead;
    private final Map<Long, FutureTask<Outcome<byte[], IOException>>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FutureTask<Outcome<byte[], IOException>>> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private final MessageDigest digest = Sha256.digest();
    private long digested;
    private long position;
    private ObjectStoreException damaged;
    private boolean closed;

    /**
     * Opens an object; nothing is read yet.
     *
     * @param ahead runs what is read ahead
     */
    RangedObject(ObjectVersion version, Part part, Executor ahead) {
        this.version = version;
        this.part = part;
        this.ahead = ahead;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireOpen();
        if (damaged != null) {
            throw damaged;
        }
        if (position >= version.length()) {
            return -1;
        }
        int wanted = (int) Math.min(into.remaining(), version.length() - position);
        for (int left = wanted; left > 0; ) {
            byte[] block = block(position / BLOCK_BYTES);
            int offset = (int) (position % BLOCK_BYTES);
            int count = Math.min(left, block.length - offset);
            into.put(block, offset, count);
            position += count;
            left -= count;
        }
        return wanted;
    }

    private byte[] block(long index) throws IOException {
        FutureTask<Outcome<byte[], IOException>> known = kept.get(index);
        FutureTask<Outcome<byte[], IOException>> task = known != null ? known : begin(index);
        if (known == null) {
            task.run();
        }
        if (kept.containsKey(index - 1)
                && (index + 1) * BLOCK_BYTES < version.length()
                && !kept.containsKey(index + 1)) {
            readAhead(index + 1);
        }
        Outcome<byte[], IOException> outcome = ended(task);
        if (!outcome.isResult()) {
            kept.remove(index); // who asks again reads again
        }
        byte[] block = outcome.get();
        digest(index, block);
        return block;
    }

    private Outcome<byte[], IOException> ended(FutureTask<Outcome<byte[], IOException>> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + version.key());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome holds all faults", e);
        }
    }

    private FutureTask<Outcome<byte[], IOException>> begin(long index) {
        long start = index * BLOCK_BYTES;
        int bytes = (int) Math.min(BLOCK_BYTES, version.length() - start);
        FutureTask<Outcome<byte[], IOException>> task =
                new FutureTask<>(() -> Outcome.of(IOException.class, () -> part.read(start, bytes)));
        kept.put(index, task);
        return task;
    }

    private void readAhead(long index) {
        FutureTask<Outcome<byte[], IOException>> task = begin(index);
        try {
            ahead.execute(task);
        } catch (RejectedExecutionException closing) {
            kept.remove(index);
        }
    }

    @Override
    public void verify() throws IOException {
        requireOpen();
        if (version.sha256().isPresent()) {
            while (damaged == null && digested * BLOCK_BYTES < version.length()) {
                block(digested);
            }
        }
        if (damaged != null) {
            throw damaged;
        }
    }

    private void digest(long index, byte[] block) throws IOException {
        if (index != digested || version.sha256().isEmpty()) {
            return;
        }
        digest.update(block);
        digested++;
        if (digested * BLOCK_BYTES >= version.length()) {
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(version.sha256().get())) {
                damaged = ObjectDownload.damaged(
                        version.key(),
                        digest.getAlgorithm(),
                        found,
                        version.sha256().get());
                throw damaged;
            }
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        requireOpen();
        if (to < 0) {
            throw new IllegalArgumentException("position " + to + " is negative");
        }
        position = to;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return version.length();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        kept.values().forEach(task -> task.cancel(false));
        kept.clear();
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
