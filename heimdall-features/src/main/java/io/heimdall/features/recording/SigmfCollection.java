package io.heimdall.features.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The recordings that a {@code .sigmf-collection} file names, all beside it. */
final class SigmfCollection {
    private static final int MAX_STREAMS = 10_000;

    private final ByteSource file;
    private final List<Stream> streams;

    private SigmfCollection(ByteSource file, List<Stream> streams) {
        this.file = file;
        this.streams = streams;
    }

    private record Stream(String name, Optional<String> hash) {}

    static SigmfCollection read(ByteSource source, Warnings warnings) throws IOException {
        List<Stream> streams = new ArrayList<>();
        try (BinaryFile file = BinaryFile.open(source)) {
            Metadata.read(file, new Extent(0, file.length()), "a SigMF collection", (name, json) -> {
                if (name.equals("collection") && json.currentToken() == JsonToken.START_OBJECT) {
                    collection(file, json, streams, warnings);
                }
            });
            if (streams.isEmpty()) {
                throw file.fault(-1, "no core:streams in collection", "a SigMF collection");
            }
        }
        return new SigmfCollection(source, streams);
    }

    private static void collection(BinaryFile file, JsonParser json, List<Stream> streams, Warnings warnings)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean listed = json.currentName().equals("core:streams");
            if (json.nextToken() != JsonToken.START_ARRAY || !listed) {
                json.skipChildren();
                continue;
            }
            streams.clear();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (streams.size() == MAX_STREAMS) {
                    throw file.fault(-1, "more than " + MAX_STREAMS + " core:streams", "a SigMF collection");
                }
                streams.add(stream(file, json, streams.size(), warnings));
                json.skipChildren();
            }
        }
    }

    private static Stream stream(BinaryFile file, JsonParser json, int index, Warnings warnings) throws IOException {
        String where = "stream " + index;
        JsonFields fields = json.currentToken() == JsonToken.START_OBJECT
                ? JsonFields.read(json, where, Set.of("name", "hash"), warnings)
                : JsonFields.none(where, warnings);
        String name = fields.text("name").orElse(null);
        if (!SigmfNames.isPlain(name)) {
            throw file.fault(-1, "a stream named " + name, "the plain name of a recording beside the collection");
        }
        return new Stream(name, Sha512.digits(fields, "hash"));
    }

    List<String> names() {
        return streams.stream().map(Stream::name).toList();
    }

    /**
     * Returns the metadata file of the wanted recording, or of the only one.
     *
     * @param checked whether its checksum is looked at, which is that of the metadata
     */
    ByteSource meta(Optional<String> wanted, boolean checked) throws IOException {
        String name = Streams.choose(file, names(), wanted);
        ByteSource meta = file.beside(name + SigmfNames.META);
        Optional<String> hash = streams.get(names().indexOf(name)).hash();
        if (checked && hash.isPresent()) {
            try (BinaryFile metaFile = BinaryFile.open(meta)) {
                Sha512.require(metaFile, new Extent(0, metaFile.length()), hash.get());
            }
        }
        return meta;
    }
}
