package io.heimdall.features.recording;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** A part of the memory as a source, among others that stand for a folder. */
record MemorySource(Map<String, ByteBuffer> folder, String name) implements ByteSource {

    @Override
    public boolean exists() {
        return folder.containsKey(name);
    }

    @Override
    public SeekableByteChannel open() throws NoSuchFileException {
        ByteBuffer bytes = folder.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name, null, "no such recording");
        }
        return new MemoryChannel(bytes.slice());
    }

    @Override
    public ByteSource beside(String other) {
        String found = folder.containsKey(other)
                ? other
                : folder.keySet().stream()
                        .filter(other::equalsIgnoreCase)
                        .findFirst()
                        .orElse(other);
        return new MemorySource(folder, found);
    }

    @Override
    public String toString() {
        return name;
    }
}
