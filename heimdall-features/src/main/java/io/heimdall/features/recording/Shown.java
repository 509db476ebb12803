package io.heimdall.features.recording;

import java.util.regex.Pattern;

/** Text from a file as a message shows it: what a file holds may be long, or move a terminal's cursor. */
final class Shown {
    private static final int MAX_CHARACTERS = 300;

    /** Control characters of ASCII and beyond, ends of lines, changes of the direction of writing. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

    private Shown() {}

    /** Returns a text on one line, with {@code ?} for control characters. */
    static String line(String text) {
        return UNSEEN.matcher(text).replaceAll("?");
    }

    /** Returns the begin of a text on one line. */
    static String value(String text) {
        return line(text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...");
    }
}
