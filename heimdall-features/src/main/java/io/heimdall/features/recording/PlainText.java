package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells text from samples. Samples of a signal are small and of either sign: control characters and bytes beyond ASCII. */
final class PlainText {
    private static final int FIRST_BYTES = 1 << 9;
    private static final int HEAD_BYTES = 1 << 16;
    private static final int TAIL_BYTES = 1 << 12;
    private static final int FEWEST_BYTES = 8;
    private static final int MAX_SEQUENCE = 4;
    private static final int SHOWN_CHARACTERS = 40;

    /** A text in an older encoding, such as Latin-1, has few bytes beyond ASCII. */
    private static final double MOST_FOREIGN = 0.15;

    /** Blanks, digits and letters lie far apart; weak samples about an offset may all be letters, but lie near each other. */
    private static final int LEAST_SPREAD = 40;

    private PlainText() {}

    /** Whether a file holds nothing but text, as its first and last bytes show. */
    static boolean fills(BinaryFile file) throws IOException {
        long length = file.length();
        if (length < FEWEST_BYTES) {
            return false;
        }
        byte[] first = file.bytes(0, (int) Math.min(FIRST_BYTES, length));
        Charset encoding = Encoding.of(first);
        if (!isText(first, encoding)) { // nearly all recordings end here, before more is read
            return false;
        }
        byte[] head = file.bytes(0, (int) Math.min(HEAD_BYTES, length));
        long tail = Math.max(head.length, length - TAIL_BYTES) / 2 * 2;
        byte[] last = file.bytes(tail, (int) (length - tail));
        return isSpread(head) && isText(head, encoding) && isText(last, encoding);
    }

    /** Returns what kind of text a file is, for a message. */
    static String kind(BinaryFile file) throws IOException {
        String text = Encoding.decode(file.bytes(0, (int) Math.min(HEAD_BYTES, file.length())))
                .strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("version https://git-lfs")) {
            return "a Git LFS pointer in the place of the file ('git lfs pull' fetches it)";
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return "an HTML page, such as a server's error message";
        }
        String line = text.lines().findFirst().orElse("");
        return "'" + line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()))
                + (text.length() > Math.min(SHOWN_CHARACTERS, line.length()) ? "..." : "") + "'";
    }

    private static boolean isSpread(byte[] bytes) {
        int least = 0xff;
        int most = 0;
        for (byte b : bytes) {
            least = Math.min(least, b & 0xff);
            most = Math.max(most, b & 0xff);
        }
        return most - least >= LEAST_SPREAD;
    }

    private static boolean isText(byte[] bytes, Charset encoding) {
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            return isPrintable(new String(bytes, encoding));
        }
        int foreign = 0;
        for (byte b : bytes) {
            if (b < 0) {
                foreign++;
            } else if (b < ' ' ? "\t\n\f\r".indexOf(b) < 0 : b == 0x7f) {
                return false;
            }
        }
        return foreign <= MOST_FOREIGN * bytes.length || isUtf8(bytes);
    }

    /** In UTF-16 nearly all characters of an English text are ASCII, and none is a control character. */
    private static boolean isPrintable(String text) {
        long ascii = text.chars().filter(c -> c < 0x7f).count();
        return ascii >= (1 - MOST_FOREIGN) * text.length()
                && text.chars().noneMatch(c -> c < ' ' && "\t\n\f\r".indexOf(c) < 0);
    }

    /** Whether bytes are UTF-8; the first and last character may be cut. */
    private static boolean isUtf8(byte[] bytes) {
        int start = 0;
        while (start < Math.min(MAX_SEQUENCE, bytes.length) && (bytes[start] & 0xc0) == 0x80) {
            start++;
        }
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, bytes.length - start), CharBuffer.allocate(bytes.length), false)
                .isError();
    }
}
