package io.heimdall.features.recording;

import java.util.List;
import java.util.Optional;

/** Chooses one of several recordings that a file holds or names. */
final class Streams {
    private static final int SHOWN = 5;

    private Streams() {}

    /** Returns the wanted name, or the only one where none is wanted. */
    static String choose(ByteSource file, List<String> names, Optional<String> wanted) throws RecordingFormatException {
        if (wanted.isPresent() ? names.contains(wanted.get()) : names.size() == 1) {
            return wanted.orElseGet(() -> names.get(0));
        }
        String more = names.size() > SHOWN ? ", ..." : "";
        throw new RecordingFormatException(
                file,
                -1,
                names.size() + " recordings (" + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                        + more + ")",
                wanted.map(name -> "one named " + name)
                        .orElse("one; --stream says which (in a table the column stream)"));
    }
}
