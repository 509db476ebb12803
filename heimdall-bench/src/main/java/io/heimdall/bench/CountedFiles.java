package io.heimdall.bench;

import io.heimdall.dataset.store.ShardFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Files of a feature store on a server, which counts what is asked of it. */
final class CountedFiles implements ShardFiles {
    private final ShardFiles files;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    CountedFiles(ShardFiles files) {
        this.files = files;
    }

    /** Returns the number of requests since they were last forgotten. */
    long requests() {
        return requests.get();
    }

    /** Returns the bytes that were read or written since then. */
    long bytes() {
        return bytes.get();
    }

    void forget() {
        requests.set(0);
        bytes.set(0);
    }

    private void count(long more) {
        requests.incrementAndGet();
        bytes.addAndGet(more);
    }

    @Override
    public List<String> list() throws IOException {
        count(0);
        return files.list();
    }

    @Override
    public ByteBuffer read(String name, long offset, int length) throws IOException {
        count(length);
        return files.read(name, offset, length);
    }

    @Override
    public Path aside() throws IOException {
        return files.aside();
    }

    @Override
    public void publish(String name, Path aside) throws IOException {
        count(Files.size(aside));
        files.publish(name, aside);
    }

    @Override
    public void delete(String name) throws IOException {
        count(0);
        files.delete(name);
    }
}
