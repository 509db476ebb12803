package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {

    @TempDir
    Path directory;

    private static ObjectKey key(String name) {
        return new ObjectKey("bucket", name);
    }

    private static Path adopt(ObjectCache cache, String name, int size) throws IOException {
        return cache.adopt(Files.write(cache.aside(), new byte[size]), key(name), "tag of " + name);
    }

    private static boolean has(ObjectCache cache, String name, int size) throws IOException {
        return cache.find(key(name), "tag of " + name, size).isPresent();
    }

    @Test
    void anObjectMayHaveTheNameOfAnothersFolder() throws Exception {
        ObjectCache cache = ObjectCache.open(directory, 1_000, Duration.ZERO);
        Path inside = adopt(cache, "x/y", 3);
        Path folder = adopt(cache, "x", 4);
        assertThat(inside).hasFileName("y").hasSize(3);
        assertThat(folder).hasFileName("x").hasSize(4);
        assertThat(adopt(cache, "x/z", 5).getParent()).isEqualTo(inside.getParent());
    }

    @Test
    void onlyTheSameTagAndLengthCount() throws Exception {
        ObjectCache cache = ObjectCache.open(directory, 1_000, Duration.ZERO);
        adopt(cache, "a", 5);
        assertThat(has(cache, "a", 5)).isTrue();
        assertThat(has(cache, "a", 6)).isFalse();
        assertThat(cache.find(key("a"), "another", 5)).isEmpty();
        assertThat(cache.find(key("b"), "another", 5)).isEqualTo(Optional.empty());
        cache.forget(key("a"));
        cache.forget(key("a"));
        assertThat(has(cache, "a", 5)).isFalse();
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws Exception {
        ObjectCache cache = ObjectCache.open(directory, 100, Duration.ofMinutes(1));
        for (String name : new String[] {"old", "used", "new"}) {
            adopt(cache, name, 40);
        }
        // All three were used within the moment: the limit waits.
        assertThat(has(cache, "old", 40)).isTrue();
        age("old", Duration.ofHours(3));
        age("used", Duration.ofHours(4));
        age("new", Duration.ofHours(2));
        assertThat(has(cache, "used", 40)).isTrue();
        adopt(cache, "last", 1);
        assertThat(has(cache, "old", 40)).isFalse();
        assertThat(has(cache, "used", 40)).isTrue();
        assertThat(has(cache, "last", 1)).isTrue();
    }

    private void age(String name, Duration age) throws IOException {
        try (var files = Files.walk(directory.resolve("tags"))) {
            Path tag = files.filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(tag, FileTime.from(Instant.now().minus(age)));
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterADay() throws Exception {
        ObjectCache cache = ObjectCache.open(directory, 100, Duration.ZERO);
        Path dead = Files.write(cache.aside(), new byte[9]);
        Path running = Files.write(cache.aside(), new byte[9]);
        Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        ObjectCache.open(directory, 100, Duration.ZERO);
        assertThat(dead).doesNotExist();
        assertThat(running).exists();
        assertThatThrownBy(() -> ObjectCache.open(directory, -1, Duration.ZERO))
                .hasMessage("cache limit -1 bytes is negative");
    }
}
