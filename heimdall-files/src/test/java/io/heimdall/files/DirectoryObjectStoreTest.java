package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreTest extends ObjectStoreContract {

    @TempDir
    Path root;

    @Override
    protected ObjectStore openEmpty() throws IOException {
        return DirectoryObjectStore.open(root.resolve("store"));
    }

    @Test
    void leavesNothingAside() throws IOException {
        ObjectStore store = openEmpty();
        Path large = Files.write(root.resolve("large"), new byte[17 << 20]);
        store.put(new ObjectKey("b", "k"), large);
        store.put(new ObjectKey("b", "k"), large);
        assertThat(root.resolve("store/.incoming")).isEmptyDirectory();
        assertThat(root.resolve("store/b/k")).exists();
    }

    @Test
    void anObjectCannotTakeThePlaceOfAFolder() throws IOException {
        ObjectStore store = openEmpty();
        store.put(new ObjectKey("b", "folder/k"), new ByteArrayInputStream(new byte[1]));
        assertThatThrownBy(() -> store.put(new ObjectKey("b", "folder"), new ByteArrayInputStream(new byte[1])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://b/folder");
        assertThat(store.exists(new ObjectKey("b", "folder/k"))).isTrue();
    }
}
