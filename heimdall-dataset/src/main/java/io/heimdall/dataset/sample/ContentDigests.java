package io.heimdall.dataset.sample;

import io.heimdall.dataset.RecordingParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The digests of local recordings, whose files are opened only where they are new or look changed. Thread-safe. */
final class ContentDigests {
    private final Map<RecordingParts, List<Path>> complete = new ConcurrentHashMap<>();
    private final Map<List<Path>, ContentDigest> digests = new ConcurrentHashMap<>();

    /**
     * Returns the digest of a recording.
     *
     * @param file the named file of its parts
     * @throws IOException if a file cannot be read
     */
    ContentDigest of(RecordingParts parts, Path file) throws IOException {
        // Which files they are follows from their content, so it need not be asked while all look as they did.
        List<Path> known = complete.get(parts);
        ContentDigest kept = known == null ? null : digests.get(known);
        if (kept != null && kept.isOf(known)) {
            return kept;
        }
        RecordingParts.Found found = parts.at(file);
        if (found.areAll()) {
            complete.put(parts, found.files());
        }
        return of(found.files());
    }

    private ContentDigest of(List<Path> files) throws IOException {
        ContentDigest digest = digests.get(files);
        if (digest == null || !digest.isOf(files)) {
            digest = ContentDigest.of(files);
            digests.put(files, digest);
        }
        return digest;
    }
}
