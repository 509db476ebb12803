package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Texts on the disk that are read again in another order. The file goes away when this is closed. For one thread. */
final class TextSpool implements AutoCloseable {
    private final FileChannel channel;
    private long end;

    private TextSpool(FileChannel channel) {
        this.channel = channel;
    }

    /** Where a text lies, bytes. */
    record Part(long at, int length) {}

    /** Begins an empty file in the folder of another. */
    static TextSpool beside(Path file) throws IOException {
        Path aside = WholeFile.aside(
                file.toAbsolutePath().getParent(), file.getFileName().toString());
        return new TextSpool(FileChannel.open(
                aside,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Writes a text. */
    Part add(String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        Part part = new Part(end, bytes.remaining());
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
        return part;
    }

    /** Returns a text that was written. */
    String read(Part part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(part.length());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, part.at() + bytes.position()) < 0) {
                throw new IOException("a file of this program was cut off while it was read");
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException stays) {
            return; // as after a kill
        }
    }
}
