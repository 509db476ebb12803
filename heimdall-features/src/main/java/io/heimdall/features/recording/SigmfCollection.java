package io.heimdall.features.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heimdall.features.recording.SigmfReader.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The recordings that a {@code .sigmf-collection} file names, all beside it. */
final class SigmfCollection {
    private final Path file;
    private final List<Stream> streams;

    private SigmfCollection(Path file, List<Stream> streams) {
        this.file = file;
        this.streams = streams;
    }

    private record Content(@JsonProperty("collection") Collection collection) {}

    private record Collection(@JsonProperty("core:streams") Listed streams) {}

    private record Stream(
            @JsonProperty("name") String name,
            @JsonProperty("hash") String hash) {}

    private static final class Listed extends Bounded<Stream> {
        Listed() {
            super(10_000, "core:streams");
        }
    }

    static SigmfCollection read(Path path) throws IOException {
        try (BinaryFile file = BinaryFile.open(path)) {
            Content content = SigmfMeta.parse(file, new Extent(0, file.length()), Content.class, "a SigMF collection");
            if (content == null
                    || content.collection() == null
                    || content.collection().streams() == null) {
                throw file.fault(-1, "no core:streams in collection", "a SigMF collection");
            }
            for (Stream stream : content.collection().streams()) {
                if (stream == null || !SigmfMeta.isPlainName(stream.name())) {
                    throw file.fault(
                            -1,
                            "a stream named " + (stream == null ? null : stream.name()),
                            "the plain name of a recording beside the collection");
                }
            }
            return new SigmfCollection(path, content.collection().streams());
        }
    }

    List<String> names() {
        return streams.stream().map(Stream::name).toList();
    }

    /**
     * Returns the metadata file of the wanted recording, or of the only one.
     *
     * @param checked whether its checksum is looked at, which is that of the metadata
     */
    Path meta(Optional<String> wanted, boolean checked) throws IOException {
        String name = Streams.choose(file, names(), wanted);
        Path meta = SigmfMeta.sibling(file, name + SigmfReader.META);
        String hash = streams.get(names().indexOf(name)).hash();
        if (checked && hash != null) {
            try (BinaryFile metaFile = BinaryFile.open(meta)) {
                Sha512.require(metaFile, new Extent(0, metaFile.length()), hash);
            }
        }
        return meta;
    }
}
