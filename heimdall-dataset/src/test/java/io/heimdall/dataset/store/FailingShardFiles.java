package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of a directory, on a storage that fails when a test says so. */
public class FailingShardFiles implements ShardFiles {
    private final ShardFiles files;
    private final AtomicInteger listings = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private Optional<IOException> publishing = Optional.empty();
    private Optional<IOException> listing = Optional.empty();
    private Optional<IOException> reading = Optional.empty();

    /** Keeps files in a directory. */
    public FailingShardFiles(Path directory) {
        this.files = new DirectoryShardFiles(directory);
    }

    /** Nothing can be published any more. */
    public void failAtPublishing(IOException fault) {
        publishing = Optional.of(fault);
    }

    void failAtListing(IOException fault) {
        listing = Optional.of(fault);
    }

    void failAtReading(IOException fault) {
        reading = Optional.of(fault);
    }

    /** All goes well from now on. */
    public void mend() {
        publishing = Optional.empty();
        listing = Optional.empty();
        reading = Optional.empty();
    }

    /** Returns how often the storage was asked for its files. */
    int listings() {
        return listings.get();
    }

    /** Returns how often a part of a file was read. */
    int readings() {
        return readings.get();
    }

    private static void fail(Optional<IOException> fault) throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    @Override
    public List<String> list() throws IOException {
        listings.incrementAndGet();
        fail(listing);
        return files.list();
    }

    @Override
    public ByteBuffer read(String name, long offset, int length) throws IOException {
        readings.incrementAndGet();
        fail(reading);
        return files.read(name, offset, length);
    }

    @Override
    public Path aside() throws IOException {
        return files.aside();
    }

    @Override
    public void publish(String name, Path aside) throws IOException {
        fail(publishing);
        files.publish(name, aside);
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(name);
    }
}
