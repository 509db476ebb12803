package io.heimdall.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written bit by bit and appears whole or not at all: it is written aside, as by {@link WholeFile}, and gets its name
 * when it is finished. For one thread.
 */
public final class NewFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path aside;
    private final FileChannel channel;
    private final OutputStream out;

    private NewFile(Path file, Path aside, FileChannel channel) {
        this.file = file;
        this.aside = aside;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /**
     * Begins a file.
     *
     * @param file replaced, where there is one, when this is finished
     * @throws IOException if its folder cannot be written into
     */
    public static NewFile at(Path file) throws IOException {
        Path aside = WholeFile.aside(
                file.toAbsolutePath().getParent(), file.getFileName().toString());
        FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        aside.toFile().deleteOnExit(); // such as after Ctrl-C; when it has its name, there is nothing left to delete
        return new NewFile(file, aside, channel);
    }

    /** Returns where its content goes: a buffered stream, which need not be closed. */
    public OutputStream out() {
        return out;
    }

    /**
     * Forces the content to the disk and gives the file its name.
     *
     * @throws IOException if that cannot be done; an older file stays as it was
     */
    public void finish() throws IOException {
        out.flush();
        channel.force(true);
        channel.close();
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was written unless the file is finished. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(aside);
        } catch (IOException stays) {
            return; // as after a kill; why nothing was finished counts more
        }
    }
}
