package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A local file as a source. */
record FileSource(Path path) implements ByteSource {

    @Override
    public String name() {
        return String.valueOf(path.getFileName());
    }

    @Override
    public boolean exists() {
        return Files.isRegularFile(path);
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        if (!Files.isRegularFile(path)) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString(), null, "no such recording");
            }
            String found = Files.isDirectory(path) ? "a directory" : "something that is not a plain file";
            throw new RecordingFormatException(path, -1, found, "a recording");
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public ByteSource beside(String name) throws IOException {
        Path exact = sibling(name);
        Path folder = exact.toAbsolutePath().getParent();
        if (Files.exists(exact) || !Files.isDirectory(folder)) {
            return new FileSource(exact);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().equalsIgnoreCase(name))) {
            for (Path file : files) {
                return new FileSource(path.resolveSibling(file.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new FileSource(exact);
    }

    private Path sibling(String name) throws RecordingFormatException {
        try {
            return path.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new RecordingFormatException(path, -1, "a file name " + name, "one that this system can have");
        }
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
