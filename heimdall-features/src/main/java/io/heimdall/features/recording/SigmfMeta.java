package io.heimdall.features.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a SigMF recording's metadata matters for reading the samples of one capture; all else is passed over. What says
 * where the samples stand, and as what, is required.
 */
final class SigmfMeta {
    private static final int MAX_CHANNELS = 1024;
    private static final int MAX_CAPTURES = 100_000;
    private static final long UNKNOWN = -1;

    private static final Set<String> GLOBAL = Set.of(
            "core:datatype",
            SigmfCapture.RATE,
            "core:num_channels",
            "core:offset",
            "core:trailing_bytes",
            "core:dataset",
            "core:metadata_only",
            "core:sha512",
            SigmfPlace.KEY,
            "sdrangel:version");

    /** Where a capture begins: its first sample, and the bytes that stand before it. */
    record Start(long sample, long headerBytes) {}

    private final ByteSource file;
    private final int wanted;
    private final Warnings warnings;
    private JsonFields global;
    private JsonFields capture;
    private final Set<String> seen = new HashSet<>();
    private List<Start> starts = new ArrayList<>();

    private SigmfMeta(ByteSource file, int wanted, Warnings warnings) {
        this.file = file;
        this.wanted = wanted;
        this.warnings = warnings;
        global = JsonFields.none("global", warnings);
        capture = JsonFields.none("the capture", warnings);
    }

    /**
     * Reads metadata that stand somewhere in a file.
     *
     * @param wanted the capture that is to be read
     */
    static SigmfMeta read(BinaryFile in, Extent extent, int wanted, Warnings warnings) throws IOException {
        SigmfMeta meta = new SigmfMeta(in.source(), wanted, warnings);
        Metadata.read(in, extent, "SigMF metadata", meta::field);
        meta.datatype();
        meta.channels();
        if (meta.starts.isEmpty()) {
            meta.starts.add(new Start(meta.offset(), 0));
        }
        return meta;
    }

    private void field(String name, JsonParser json) throws IOException {
        if ((name.equals("global") || name.equals("captures")) && !seen.add(name)) {
            warnings.add(name + " is in the metadata more than once: the last one is used");
        }
        boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
        if (name.equals("global") && isObject) {
            global = JsonFields.read(json, "global", GLOBAL, warnings);
        } else if (name.equals("captures") && json.currentToken() == JsonToken.START_ARRAY) {
            starts = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                capture(json);
            }
        } else if (name.equals("captures") && json.currentToken() != JsonToken.VALUE_NULL) {
            warnings.add("captures of the metadata is no list: all samples are taken for one capture");
        }
    }

    private void capture(JsonParser json) throws IOException {
        int index = starts.size();
        if (index == MAX_CAPTURES) { // few bytes a capture, an object each
            throw new RecordingFormatException(
                    file, -1, "more than " + MAX_CAPTURES + " captures", "SigMF metadata of one recording");
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new RecordingFormatException(file, -1, "a capture " + index + " that is no object", "an object");
        }
        JsonFields read = JsonFields.read(json, "capture " + index, SigmfCapture.FIELDS, warnings);
        starts.add(new Start(
                read.count(file, "core:sample_start", UNKNOWN, 0, Long.MAX_VALUE),
                read.count(file, "core:header_bytes", 0, 0, Long.MAX_VALUE)));
        if (index == wanted) {
            capture = read;
        }
    }

    /** Returns how many captures there are, 1 at least. */
    int captures() {
        return starts.size();
    }

    /** Returns where a capture begins. */
    Start start(int index) throws RecordingFormatException {
        Start start = starts.get(index);
        if (start.sample() != UNKNOWN) {
            return start;
        }
        if (index > 0) {
            throw new RecordingFormatException(
                    file, -1, "a capture " + index + " without core:sample_start", "its first sample");
        }
        return new Start(offset(), start.headerBytes());
    }

    String datatype() throws RecordingFormatException {
        return global.text("core:datatype")
                .orElseThrow(() -> new RecordingFormatException(
                        file, -1, "no core:datatype in global", "SigMF metadata, which say how samples are stored"));
    }

    /** Whether SDRangel made the recording, whose 32-bit integers hold 24 bits. */
    boolean isSdrAngel() {
        return !global.text("sdrangel:version").orElse("").isBlank();
    }

    int channels() throws RecordingFormatException {
        return (int) global.count(file, "core:num_channels", 1, 1, MAX_CHANNELS);
    }

    /** Returns the index that the metadata give to the file's first sample. */
    long offset() throws RecordingFormatException {
        return global.count(file, "core:offset", 0, 0, Long.MAX_VALUE);
    }

    long trailingBytes() throws RecordingFormatException {
        return global.count(file, "core:trailing_bytes", 0, 0, Long.MAX_VALUE);
    }

    /** Returns the checksum of the samples, where digits stand for one. */
    Optional<String> sha512() {
        return Sha512.digits(global, "core:sha512");
    }

    /** Returns the plain name of a dataset that is not named as SigMF's are. */
    Optional<String> dataset() throws RecordingFormatException {
        Optional<String> name = global.text("core:dataset");
        if (name.isPresent() && !SigmfNames.isPlain(name.get())) {
            throw new RecordingFormatException(
                    file, -1, "core:dataset " + name.get(), "the plain name of a file beside the metadata");
        }
        return name;
    }

    /**
     * Refuses metadata that come without samples on purpose.
     *
     * @param present whether there are samples after all, which then count
     */
    void requireSamples(boolean present) throws RecordingFormatException {
        if (!present && global.isTrue("core:metadata_only")) {
            throw new RecordingFormatException(file, -1, "core:metadata_only true", "a recording with samples");
        }
    }

    /** Returns what is known of the capture that is to be read. */
    SigmfCapture capture() {
        return new SigmfCapture(global, capture, warnings);
    }
}
