package io.heimdall.features.recording;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Opens files for the built-in readers, and checks what the caller wants of them. */
final class RecordingFiles {
    private RecordingFiles() {}

    /** What a reader makes of an open file. */
    interface Opening {
        Recording of(BinaryFile file) throws IOException;
    }

    /** Opens a file for a reader, and closes it again if the reader does not make a recording of it. */
    static Recording reading(ByteSource source, Opening opening) throws IOException {
        BinaryFile file = BinaryFile.open(source);
        try {
            ForeignFile.refuse(file, "a recording");
            return opening.of(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Checks that a file has the channel that is asked for. */
    static void requireChannel(BinaryFile file, ReadOptions options, int channels) throws RecordingFormatException {
        if (options.channel().orElse(0) >= channels) {
            throw file.fault(
                    -1,
                    channels + " channel(s)",
                    "a channel " + options.channel().getAsInt() + " (the first is 0)");
        }
    }

    /** Returns a warning of parts that are not read because the options choose none of them. */
    static List<String> unread(OptionalInt chosen, int all, String part) {
        return chosen.isPresent() || all == 1
                ? List.of()
                : List.of("the recording has " + all + " " + part + "s, of which only " + part + " 0 is read (--" + part
                        + " chooses another)");
    }
}
