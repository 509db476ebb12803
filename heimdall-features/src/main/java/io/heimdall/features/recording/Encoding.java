package io.heimdall.features.recording;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The encoding of a text that other programs wrote: UTF-8, or UTF-16 behind a byte order mark. */
final class Encoding {
    private static final char MARK = '\ufeff';

    private Encoding() {}

    /** Returns the encoding of the text that begins with some bytes. */
    static Charset of(byte[] head) {
        boolean marked = head.length >= 2
                && ((head[0] == (byte) 0xfe && head[1] == (byte) 0xff)
                        || (head[0] == (byte) 0xff && head[1] == (byte) 0xfe));
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** Returns a text without its byte order mark; bytes that are none of its encoding become a replacement character. */
    static String decode(byte[] bytes) {
        String text = new String(bytes, of(bytes));
        return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }
}
