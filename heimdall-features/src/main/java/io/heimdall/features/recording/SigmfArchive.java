package io.heimdall.features.recording;

import io.heimdall.features.recording.SigmfReader.Extent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recordings of a {@code .sigmf} archive, read where they stand: nothing is unpacked, so that no name in an archive
 * can become a path.
 */
final class SigmfArchive {
    private final BinaryFile file;
    private final Map<String, Extent> files = new LinkedHashMap<>();
    private final List<String> names;

    private SigmfArchive(BinaryFile file, List<TarIndex.Entry> entries) {
        this.file = file;
        entries.forEach(entry -> files.put(entry.name(), new Extent(entry.position(), entry.bytes())));
        names = files.keySet().stream()
                .filter(name -> name.endsWith(SigmfReader.META))
                .map(name -> name.substring(0, name.length() - SigmfReader.META.length()))
                .toList();
    }

    static SigmfArchive read(BinaryFile file) throws IOException {
        return new SigmfArchive(file, TarIndex.read(file));
    }

    /** Returns the recordings' names, with the folders that they stand in. */
    List<String> names() {
        return names;
    }

    /** Returns the wanted recording, or else the only one. */
    Stream stream(Optional<String> wanted) throws RecordingFormatException {
        return new Stream(Streams.choose(file.path(), names, wanted));
    }

    /** One recording of the archive. */
    final class Stream {
        private final String name;

        private Stream(String name) {
            this.name = name;
        }

        Extent meta() {
            return files.get(name + SigmfReader.META);
        }

        /** Finds the samples: beside the metadata, under the name that these may give. */
        Extent data(SigmfMeta meta) throws RecordingFormatException {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            String dataName =
                    meta.dataset(file.path()).map(dataset -> folder + dataset).orElse(name + SigmfReader.DATA);
            Extent data = files.get(dataName);
            meta.requireSamples(file.path(), data != null);
            if (data == null) {
                throw file.fault(-1, "no " + dataName, "the data beside " + name + SigmfReader.META);
            }
            return data;
        }
    }
}
