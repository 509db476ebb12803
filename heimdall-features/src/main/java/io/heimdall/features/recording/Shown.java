package io.heimdall.features.recording;

/** Text from a file as a message shows it: what a file holds may be long, or move a terminal's cursor. */
final class Shown {
    private static final int MAX_CHARACTERS = 300;

    private Shown() {}

    /** Returns a text on one line, with {@code ?} for control characters. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Returns the begin of a text on one line. */
    static String value(String text) {
        return line(text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...");
    }
}
