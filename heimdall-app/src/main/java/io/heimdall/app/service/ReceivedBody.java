package io.heimdall.app.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;

/** The body of a request, received whole: in memory, and from some length on in a file, which is deleted on closing. */
final class ReceivedBody implements AutoCloseable {
    /** Names the attribute of a request that is its body. */
    static final String ATTRIBUTE = "heimdall.body";

    private static final int FIRST = 1 << 10;

    /** So many times the memory that is full, where the request announces as much. */
    private static final long GROWTH = 4;

    private final long announced;
    private final long mostInMemory;
    private final Room memory;
    private final Room disk;
    private byte[] bytes = {};
    private int length;
    private long onDisk;
    private Path file;
    private FileChannel channel;

    /**
     * Begins a body.
     *
     * @param announced length that the head of the request states, bytes, or -1
     * @param mostInMemory bytes; a longer body is written to a file
     * @param memory that all bodies share
     * @param disk that all bodies share
     */
    ReceivedBody(long announced, long mostInMemory, Room memory, Room disk) {
        this.announced = announced;
        this.mostInMemory = mostInMemory;
        this.memory = memory;
        this.disk = disk;
    }

    /** Returns the body of a request that has been let in. */
    static ReceivedBody of(Context context) {
        ReceivedBody body = context.attribute(ATTRIBUTE);
        return body == null ? new ReceivedBody(0, 0, new Room(0), new Room(0)) : body;
    }

    /**
     * Appends all that remains in {@code more}.
     *
     * @return whether there was room for it
     */
    boolean append(ByteBuffer more) throws IOException {
        int count = more.remaining();
        if (file == null && length + (long) count > mostInMemory) {
            file = Files.createTempFile("heimdall-body", ".part");
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (!write(ByteBuffer.wrap(bytes, 0, length))) {
                return false;
            }
            forget();
        }
        return file != null ? write(more) : keep(more, count);
    }

    private boolean keep(ByteBuffer more, int count) {
        if (length + count > bytes.length) {
            int larger = (int) Math.min(mostInMemory, Math.max(length + count, larger()));
            if (!memory.take(larger - bytes.length)) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, larger);
        }
        more.get(bytes, length, count);
        length += count;
        return true;
    }

    /** Returns how much memory is to follow that which is full: a request has to send a quarter of what it takes, whatever it announces. */
    private long larger() {
        return announced < 0
                ? Math.max(FIRST, 2L * bytes.length)
                : Math.min(announced, Math.max(FIRST, GROWTH * bytes.length));
    }

    private boolean write(ByteBuffer more) throws IOException {
        if (!disk.take(more.remaining())) {
            return false;
        }
        onDisk += more.remaining();
        while (more.hasRemaining()) {
            channel.write(more);
        }
        return true;
    }

    private void forget() {
        memory.giveBack(bytes.length);
        bytes = new byte[0];
        length = 0;
    }

    long size() {
        return length + onDisk;
    }

    /** Returns the bytes of a body that is in memory; not to be changed. */
    byte[] bytes() {
        if (file != null) {
            throw new IllegalStateException("the body is in a file");
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Returns the body to be read once more, whichever place it is in. */
    Content.Source source() {
        return file == null
                ? Content.Source.from(ByteBuffer.wrap(bytes, 0, length))
                : Content.Source.from(new ByteBufferPool.Sized(null), file);
    }

    /** Returns the file, where there is one. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Gives back the memory, and deletes the file. */
    @Override
    public void close() {
        forget();
        disk.giveBack(onDisk);
        onDisk = 0;
        try {
            if (file != null) {
                channel.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
