package io.heimdall.app;

import java.util.regex.Pattern;

/**
 * Makes text safe for a terminal. Names of stations, sessions and files come from outside: control characters in them
 * could move the cursor, change colours, forge lines or change the direction of writing.
 */
public final class Printable {
    private static final String DIRECTIONS = "\u2028\u2029\u202a-\u202e\u2066-\u2069";
    private static final Pattern IN_A_LINE = Pattern.compile("[\\p{Cntrl}\u0080-\u009f" + DIRECTIONS + "]");
    private static final Pattern IN_LINES = Pattern.compile("[\\p{Cntrl}\u0080-\u009f" + DIRECTIONS + "&&[^\n]]");
    private static final String UNPRINTABLE = "\ufffd";

    private Printable() {}

    /** Returns a text as one line, with a replacement character for each that cannot be printed. */
    public static String line(String text) {
        return IN_A_LINE.matcher(text).replaceAll(UNPRINTABLE);
    }

    /** Returns a text that may have several lines, with a replacement character for each that cannot be printed. */
    public static String lines(String text) {
        return IN_LINES.matcher(text).replaceAll(UNPRINTABLE);
    }
}
