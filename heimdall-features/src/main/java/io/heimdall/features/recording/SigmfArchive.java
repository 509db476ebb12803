package io.heimdall.features.recording;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recordings of a {@code .sigmf} archive, read where they stand: nothing is unpacked, so that no name in an archive
 * can become a path. What macOS puts beside files when it packs them is left out.
 */
final class SigmfArchive {
    private final BinaryFile file;
    private final Map<String, Extent> files = new LinkedHashMap<>();
    private final List<String> names;

    private SigmfArchive(BinaryFile file, List<TarIndex.Entry> entries) {
        this.file = file;
        for (TarIndex.Entry entry : entries) {
            String name = entry.name().replaceFirst("^(\\./)+", "");
            if (!name.matches("(.*/)?(\\._[^/]*|__MACOSX/.*)")) {
                files.put(name, new Extent(entry.position(), entry.bytes()));
            }
        }
        names = files.keySet().stream()
                .filter(name -> SigmfNames.ends(name, SigmfNames.META))
                .map(name -> name.substring(0, name.length() - SigmfNames.META.length()))
                .toList();
    }

    static SigmfArchive read(BinaryFile file, Warnings warnings) throws IOException {
        ForeignFile.refuse(file, "a SigMF archive");
        return new SigmfArchive(file, TarIndex.read(file, warnings));
    }

    /** Returns the recordings' names, with the folders that they stand in. */
    List<String> names() {
        return names;
    }

    /** Returns the wanted recording, or else the only one. */
    Stream stream(Optional<String> wanted) throws RecordingFormatException {
        if (names.isEmpty()) {
            throw file.fault(-1, "no " + SigmfNames.META + " in it", "an archive of a SigMF recording");
        }
        return new Stream(Streams.choose(file.source(), names, wanted.map(name -> name.replaceFirst("^(\\./)+", ""))));
    }

    /** One recording of the archive. */
    final class Stream {
        private final String name;

        private Stream(String name) {
            this.name = name;
        }

        Extent meta() {
            return find(name + SigmfNames.META);
        }

        /** Finds the samples: beside the metadata, under the name that these may give. */
        Extent data(SigmfMeta meta) throws RecordingFormatException {
            String folder = name.substring(0, name.lastIndexOf('/') + 1);
            String dataName = meta.dataset().map(dataset -> folder + dataset).orElse(name + SigmfNames.DATA);
            Extent data = find(dataName);
            meta.requireSamples(data != null);
            if (data == null) {
                throw file.fault(-1, "no " + dataName, "the data beside " + name + SigmfNames.META);
            }
            return data;
        }

        private Extent find(String wanted) {
            Extent exact = files.get(wanted);
            return exact != null
                    ? exact
                    : files.entrySet().stream()
                            .filter(entry -> entry.getKey().equalsIgnoreCase(wanted))
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(null);
        }
    }
}
