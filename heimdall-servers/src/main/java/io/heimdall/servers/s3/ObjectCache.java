package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Objects as local files, up to a number of bytes; what was used longest ago goes first.
 *
 * <pre>
 * objects/bucket/folder/name   the content; folder is a hash, so that an object may have the name of another's folder
 * tags/bucket/folder/name      the ETag that it had, without which the content does not count; its time is the last use
 * incoming/                    not complete yet
 * </pre>
 *
 * <p>Thread-safe; several processes may share the directory. What was used within a moment is never removed, since
 * somebody may be about to open it: by so much the limit may be exceeded.
 */
final class ObjectCache {

    private final Path directory;
    private final long limitBytes;
    private final Duration moment;
    private final AtomicLong bytes = new AtomicLong();

    private ObjectCache(Path directory, long limitBytes, Duration moment) {
        this.directory = directory;
        this.limitBytes = limitBytes;
        this.moment = moment;
    }

    static ObjectCache open(Path directory, long limitBytes, Duration moment) throws IOException {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("cache limit " + limitBytes + " bytes is negative");
        }
        ObjectCache cache = new ObjectCache(directory.toAbsolutePath().normalize(), limitBytes, moment);
        Files.createDirectories(cache.incoming());
        Files.createDirectories(cache.directory.resolve("objects"));
        // What a killed process left; another process's download that is under way is younger than a day.
        WholeFile.removeOld(cache.incoming(), any -> true);
        cache.evict();
        return cache;
    }

    private Path incoming() {
        return directory.resolve("incoming");
    }

    /** A new file's name, for a download or an upload that has no length yet. */
    Path aside() throws IOException {
        Files.createDirectories(incoming());
        return incoming().resolve(UUID.randomUUID().toString());
    }

    /** The content with this ETag and length. */
    Optional<Path> find(ObjectKey key, String etag, long length) throws IOException {
        Path file = file("objects", key);
        try {
            if (!Files.readString(file("tags", key)).equals(etag) || Files.size(file) != length) {
                return Optional.empty();
            }
            Files.setLastModifiedTime(file("tags", key), FileTime.from(Instant.now()));
            return Optional.of(file);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Takes a complete file in, by renaming it. */
    Path adopt(Path aside, ObjectKey key, String etag) throws IOException {
        Path file = file("objects", key);
        Path tag = file("tags", key);
        Files.createDirectories(file.getParent());
        Files.createDirectories(tag.getParent());
        forget(key);
        bytes.addAndGet(Files.size(aside));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        Path newTag = aside();
        Files.writeString(newTag, etag);
        Files.move(newTag, tag, StandardCopyOption.ATOMIC_MOVE);
        if (bytes.get() > limitBytes) {
            evict();
        }
        return file;
    }

    /** Whatever is there of this key no longer counts. */
    void forget(ObjectKey key) throws IOException {
        Files.deleteIfExists(file("tags", key));
        Path file = file("objects", key);
        try {
            long length = Files.size(file);
            Files.delete(file);
            bytes.addAndGet(-length);
        } catch (NoSuchFileException absent) {
            return;
        }
    }

    /** Counts anew, and removes the oldest until a tenth of the limit is free, so that this is seldom done. */
    private synchronized void evict() throws IOException {
        List<Entry> entries = entries();
        long total = entries.stream().mapToLong(Entry::length).sum();
        if (total > limitBytes) {
            Instant recent = Instant.now().minus(moment);
            for (Entry entry : entries) {
                if (total <= limitBytes - limitBytes / 10 || entry.used().isAfter(recent)) {
                    break;
                }
                Path inside = directory.resolve("objects").relativize(entry.file());
                Files.deleteIfExists(directory.resolve("tags").resolve(inside));
                Files.deleteIfExists(entry.file());
                total -= entry.length();
            }
        }
        bytes.set(total);
    }

    private record Entry(Path file, long length, Instant used) {}

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    Path tag = directory
                            .resolve("tags")
                            .resolve(directory.resolve("objects").relativize(file));
                    entries.add(new Entry(file, Files.size(file), lastUsed(Files.exists(tag) ? tag : file)));
                } catch (NoSuchFileException anotherProcessRemovedIt) {
                    continue;
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        return entries;
    }

    private static Instant lastUsed(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    private Path file(String kind, ObjectKey key) {
        String folder = key.key().substring(0, key.key().length() - key.name().length());
        return directory
                .resolve(kind)
                .resolve(key.bucket())
                .resolve(UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .resolve(key.name());
    }

    Path directory() {
        return directory;
    }
}
