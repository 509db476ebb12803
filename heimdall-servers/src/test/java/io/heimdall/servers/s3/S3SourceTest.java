package io.heimdall.servers.s3;

import io.heimdall.dataset.ObjectSource;
import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ByteSourceContract;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the recordings of all formats from a server, as they are read from files. */
@Tag("slow")
class S3SourceTest extends ByteSourceContract {
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    @TempDir
    Path cache;

    private MinioObjectStore store;

    @BeforeEach
    void connect() throws Exception {
        store = MinioObjectStore.open(S3Server.shared().settings(), cache, 0);
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @Override
    protected Place place(Map<String, byte[]> files) throws IOException {
        ObjectKey folder = new ObjectKey("sources", "folder " + FOLDERS.incrementAndGet() + "/x");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            store.put(folder.sibling(file.getKey()), new ByteArrayInputStream(file.getValue()));
        }
        return new Place() {
            @Override
            public ByteSource source(String name) {
                return ObjectSource.of(store.ranges().orElseThrow(), folder.sibling(name));
            }

            @Override
            public String before() {
                return folder.sibling("x").toString().replaceFirst("x$", "");
            }
        };
    }

    @Test
    void someOfWhatTheFuzzerFoundReadsAsFromFiles() throws IOException {
        requireSameOfFuzzed(7);
    }
}
