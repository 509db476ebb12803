package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the port itself makes of an adapter's objects. */
class ObjectStoreDefaultsTest {
    private static final ObjectKey KEY = new ObjectKey("bucket", "folder/object");

    @TempDir
    Path folder;

    private ObjectStore store;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryObjectStore.open(folder.resolve("store"));
        file = Files.writeString(folder.resolve("file"), "abc");
        store.put(KEY, file);
    }

    @Test
    void anObjectIsComparedByLengthAndDigest() throws IOException {
        assertThat(store.sha256(KEY)).isEqualTo(Sha256.of(file));
        assertThat(store.holds(KEY, file)).isTrue();
        assertThat(store.holds(KEY, Files.writeString(folder.resolve("as long"), "abd")))
                .isFalse();
        assertThat(store.holds(new ObjectKey("bucket", "absent"), file)).isFalse();
        assertThatThrownBy(() -> store.holds(KEY, folder.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whetherABucketTakesObjectsLeavesNone() throws IOException {
        store.checkWritable("other");
        assertThat(store.list("other", "")).isEmpty();
    }

    @Test
    void theCacheIsWhereThePropertySays() {
        String before = System.getProperty("heimdall.cache");
        System.setProperty("heimdall.cache", folder.toString());
        try {
            assertThat(UserCache.directory()).isEqualTo(folder);
        } finally {
            if (before == null) {
                System.clearProperty("heimdall.cache");
            } else {
                System.setProperty("heimdall.cache", before);
            }
        }
        assertThat(Machine.name()).isNotBlank();
    }
}
