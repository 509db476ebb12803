package io.heimdall.dataset;

import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ByteSources;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the samples of a recording follow from: the file that the catalogue names, and for some formats others beside it.
 *
 * @param recorded the recording
 */
public record RecordingParts(Recorded recorded) {
    /** The built-in formats whose recordings are one file; also the endings that they are recognised by. */
    static final Set<String> ALONE = Set.of(
            "npy",
            "wav",
            "sdriq",
            "cu8",
            "cs8",
            "cu16",
            "cs16",
            "cf32",
            "sc8",
            "sc16",
            "fc32",
            "cfile",
            "complex",
            "complex16u",
            "complex16s",
            "complex32u",
            "complex32s");

    /**
     * Returns whether the samples follow from the named file alone. A format that another library adds may have further files.
     */
    public boolean areOne() {
        String ending = ending();
        if (isPortaPack()) {
            return recorded.sampleRateHz().isPresent(); // of the text beside it, features need nothing but the rate
        }
        if (recorded.format().isPresent()) {
            String format = recorded.format().get().toLowerCase(Locale.ROOT);
            return ALONE.contains(format) || (format.equals("sigmf") && ending.equals("sigmf"));
        }
        return ALONE.contains(ending) || ending.equals("sigmf");
    }

    /**
     * Local files of a recording.
     *
     * @param files in the order that the digest takes them
     * @param areAll whether none is missing: one that is may come later
     */
    public record Found(List<Path> files, boolean areAll) {}

    /**
     * Finds the local files.
     *
     * @param file the named one, from {@link #fetch}
     * @throws IOException if a file that names others cannot be read
     */
    public Found at(Path file) throws IOException {
        if (areOne()) {
            return new Found(List.of(file), true);
        }
        List<ByteSource> all = all(ByteSources.of(file));
        List<Path> files =
                existing(all).stream().map(part -> part.file().orElseThrow()).toList();
        return new Found(files, files.size() == all.size());
    }

    /**
     * Makes all of them local files, which lie beside each other.
     *
     * @return the named one
     * @throws IOException as {@link ObjectFiles#fetch} does
     */
    public Path fetch(ObjectFiles objects) throws IOException {
        Optional<ObjectRanges> ranges = objects.ranges();
        if (ranges.isPresent() && !areOne() && !recorded.isPair()) {
            for (ByteSource part : existing(all(ObjectSource.of(ranges.get(), recorded.key())))) {
                objects.fetch(((ObjectSource) part).key());
            }
        }
        return recorded.fetch(objects);
    }

    private static List<ByteSource> existing(List<ByteSource> all) throws IOException {
        List<ByteSource> existing = new ArrayList<>();
        for (ByteSource part : all) {
            if (existing.isEmpty() || part.exists()) {
                existing.add(part);
            }
        }
        return existing;
    }

    private List<ByteSource> all(ByteSource named) throws IOException {
        if (isPortaPack()) {
            String name = named.name();
            return List.of(named, named.beside(name.substring(0, name.lastIndexOf('.')) + ".TXT"));
        }
        ReadOptions options = recorded.part().options(recorded.format(), recorded.sampleRateHz());
        return Recordings.files(named, options);
    }

    private boolean isPortaPack() {
        return ending().equals("c16") || ending().equals("c8");
    }

    private String ending() {
        String name = recorded.key().name().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
