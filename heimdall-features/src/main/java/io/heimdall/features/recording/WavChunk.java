package io.heimdall.features.recording;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of a chunk of a WAV file.
 *
 * @param id four characters
 * @param body the content's first byte
 * @param claimed the content's length in bytes, as the head says it
 */
record WavChunk(String id, long body, long claimed) {
    static final int HEAD_BYTES = 8;

    /** Chunks that programs write behind the samples. */
    private static final Set<String> KNOWN = Set.of(
            "data", "kiwi", "auxi", "rcvr", "esdr", "LIST", "id3 ", "ID3 ", "bext", "iXML", "axml", "_PMX", "fact",
            "cue ", "smpl", "inst", "cart", "levl", "PEAK", "DISP", "JUNK", "junk", "PAD ", "FLLR", "afsp");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ -]{3}");
    private static final int MAX_CHAIN = 1000;

    /** Reads the head at a byte; empty where no chunk begins there. */
    static Optional<WavChunk> at(BinaryFile file, long position) throws IOException {
        if (file.length() - position < HEAD_BYTES) {
            return Optional.empty();
        }
        String id = file.ascii(position, 4);
        return ID.matcher(id).matches()
                ? Optional.of(new WavChunk(id, position + HEAD_BYTES, file.u32(position + 4)))
                : Optional.empty();
    }

    /**
     * Returns where the next chunk begins behind a content: after the pad byte of an odd content, which some programs leave
     * out.
     */
    static long after(BinaryFile file, long body, long size) throws IOException {
        long end = body + size;
        boolean unpadded = size % 2 != 0 && !begins(file, end + 1) && begins(file, end);
        return unpadded ? end : end + size % 2;
    }

    /**
     * Tells whether what begins at a byte are chunks rather than samples: a chunk that programs write behind samples, or
     * chunks that reach to the end of the file. Samples may look like a head by chance.
     */
    static boolean followAt(BinaryFile file, long position) throws IOException {
        long next = position;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Optional<WavChunk> chunk = at(file, next);
            if (chunk.isEmpty() || !(chunk.get().known() || chunk.get().fits(file))) {
                return i > 0 && file.length() - next < HEAD_BYTES;
            }
            if (chunk.get().known()) {
                return true;
            }
            next = after(file, chunk.get().body(), chunk.get().claimed());
        }
        return true;
    }

    boolean fits(BinaryFile file) {
        return claimed <= file.length() - body;
    }

    private boolean known() {
        return KNOWN.contains(id);
    }

    private static boolean begins(BinaryFile file, long position) throws IOException {
        Optional<WavChunk> chunk = at(file, position);
        return chunk.isPresent() && (chunk.get().known() || chunk.get().fits(file));
    }
}
