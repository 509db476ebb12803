package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ObjectStore} does, whatever is below. */
public abstract class ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("bucket", "sessions/a b/Torino.npy");

    @TempDir
    Path files;

    private ObjectStore store;

    /** A store without objects. */
    protected abstract ObjectStore openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = openEmpty();
    }

    @Test
    void givesBackWhatWasPut() throws IOException {
        byte[] content = content(100_003);
        store.put(KEY, new ByteArrayInputStream(content));
        assertThat(store.exists(KEY)).isTrue();
        assertThat(store.size(KEY)).isEqualTo(content.length);
        try (InputStream in = store.open(KEY)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(store.fetch(KEY)).hasBinaryContent(content).hasFileName("Torino.npy");
    }

    @Test
    void storesFilesSmallAndLarge() throws IOException {
        for (int size : new int[] {0, 1, 17 << 20}) {
            Path file = files.resolve("f" + size);
            Files.write(file, content(size));
            ObjectKey key = new ObjectKey("bucket", "f" + size);
            store.put(key, file);
            store.put(key, file);
            assertThat(store.fetch(key)).hasSameBinaryContentAs(file);
            Files.delete(file);
            assertThat(store.size(key)).isEqualTo(size);
        }
    }

    @Test
    void aBucketThatCanBeWrittenIsCheckedWithoutATrace() throws IOException {
        store.put(KEY, new ByteArrayInputStream(content(100)));
        store.checkWritable(KEY.bucket());
        store.checkWritable("another");

        assertThat(store.list(KEY.bucket(), "")).containsExactly(KEY);
        assertThat(store.list("another", "")).isEmpty();
    }

    @Test
    void aSecondPutReplaces() throws IOException {
        store.put(KEY, new ByteArrayInputStream(content(100)));
        store.put(KEY, new ByteArrayInputStream(content(7)));
        assertThat(store.size(KEY)).isEqualTo(7);
    }

    @Test
    void aWriterThatFailsLeavesTheOldObject() throws IOException {
        store.put(KEY, new ByteArrayInputStream(content(100)));
        InputStream broken = new InputStream() {
            private int left = 50_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the line was cut");
                }
                return 1;
            }
        };
        assertThatThrownBy(() -> store.put(KEY, broken)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.put(KEY, files.resolve("missing"))).isInstanceOf(IOException.class);
        assertThat(store.fetch(KEY)).hasBinaryContent(content(100));
        assertThat(store.list("bucket", "")).containsExactly(KEY);
    }

    @Test
    void aMissingObjectIsNamed() throws IOException {
        assertThat(store.exists(KEY)).isFalse();
        assertThatThrownBy(() -> store.open(KEY))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("s3://bucket/sessions/a b/Torino.npy");
        assertThatThrownBy(() -> store.fetch(KEY)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.size(KEY)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void listsByPrefixInOrder() throws IOException {
        for (String key : new String[] {"a/2", "a/1", "ab", "b/c/d"}) {
            store.put(new ObjectKey("bucket", key), new ByteArrayInputStream(new byte[1]));
        }
        assertThat(store.list("bucket", "")).extracting(ObjectKey::key).containsExactly("a/1", "a/2", "ab", "b/c/d");
        assertThat(store.list("bucket", "a")).extracting(ObjectKey::key).containsExactly("a/1", "a/2", "ab");
        assertThat(store.list("bucket", "a/")).extracting(ObjectKey::key).containsExactly("a/1", "a/2");
        assertThat(store.list("bucket", "x/")).isEmpty();
        assertThat(store.list("bucket", "../")).isEmpty();
        assertThat(store.list("other", "")).isEmpty();
    }

    @Test
    void deletesOnceOrTwice() throws IOException {
        store.put(KEY, new ByteArrayInputStream(new byte[3]));
        store.delete(KEY);
        store.delete(KEY);
        assertThat(store.exists(KEY)).isFalse();
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
