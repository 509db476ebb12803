package io.heimdall.app.service;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A run of short JSON numbers with nothing but commas between them, read eight bytes at a time.
 *
 * <p>Short is a number that has no exponent and, with its point, at most seven bytes. Its digits are a whole number below 2^24, so that
 * the quotient of two floats is the float nearest to the number. {@link NumberArrays} reads all others.
 *
 * @see <a href="https://doi.org/10.1002/spe.2984">Lemire, Number parsing at a gigabyte per second, 2021</a>
 */
final class NumberRun {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long HIGH_BIT_ABOVE_NINE = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long EVERY_OTHER_PAIR = 0x000000FF000000FFL;
    private static final float[] TENS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f};

    private static final int GROWTH = 16;
    /** With its comma, as few as measured numbers mostly have. */
    private static final int BYTES_OF_A_NUMBER = 6;

    private final byte[] json;
    private float[] values;
    private int count;
    private int end;

    /**
     * Prepares a run.
     *
     * @param json in UTF-8
     * @param values that are there before it, and room for more
     * @param count of these values
     */
    NumberRun(byte[] json, float[] values, int count) {
        this.json = json;
        this.values = values;
        this.count = count;
    }

    /** Returns the values before the run and in it, and room for more. */
    float[] values() {
        return values;
    }

    /** Returns how many values there are. */
    int count() {
        return count;
    }

    /** Returns where what follows the last number begins; without one, where the run was to begin. */
    int end() {
        return end;
    }

    /**
     * Reads on as long as there are short numbers, and a comma between them.
     *
     * @param begin where the first number begins
     */
    void read(int begin) {
        byte[] text = json; // no field is read or written for each number
        float[] all = values;
        int read = count;
        int at = begin;
        end = begin;
        while (at + Long.BYTES < text.length) {
            int first = text[at] == '-' ? at + 1 : at;
            long bytes = (long) LONGS.get(text, first) ^ ZEROS; // digits are their values, all else is above nine
            long others = (bytes + HIGH_BIT_ABOVE_NINE | bytes) & HIGH_BITS; // right until a byte is not ASCII
            int whole = bytesBefore(others);
            if (whole == 0 || whole == Long.BYTES || whole > 1 && text[first] == '0') {
                break;
            }
            int length = whole;
            int decimals = 0;
            if (text[first + whole] == '.') {
                length = bytesBefore(others & others - 1);
                decimals = length - whole - 1;
                if (decimals == 0 || length == Long.BYTES) {
                    break;
                }
                long left = (1L << 8 * whole) - 1;
                bytes = bytes & left | bytes >>> 8 & ~left;
            }
            byte next = text[first + length];
            if (next == 'e' || next == 'E') {
                break;
            }
            if (read == all.length) {
                all = Arrays.copyOf(all, room(read, text.length - at));
            }
            float number = number(bytes, decimals == 0 ? length : length - 1) / TENS[decimals];
            all[read++] = first == at ? number : -number;
            end = first + length;
            at = end + 1;
            if (next != ',') {
                break;
            }
        }
        values = all;
        count = read;
    }

    /** Returns how many bytes there are before the first one whose high bit is set, 8 where there is none. */
    private static int bytesBefore(long highBits) {
        return Long.numberOfTrailingZeros(highBits) >>> 3;
    }

    /** Returns the number that the first bytes are, digits of which the first is in the lowest byte. */
    private static int number(long bytes, int count) {
        long digits = bytes << 8 * (Long.BYTES - count); // behind zeros
        long pairs = 10 * digits + (digits >>> 8);
        long first = (pairs & EVERY_OTHER_PAIR) * (100 + (1_000_000L << 32));
        long second = (pairs >>> 16 & EVERY_OTHER_PAIR) * (1 + (10_000L << 32));
        return (int) (first + second >>> 32);
    }

    /** Returns how much room to make: not more than the rest of the body can fill, nor far more than is filled. */
    static int room(int filled, int bytesLeft) {
        return Math.max(2 * filled, Math.min(GROWTH * filled, filled + bytesLeft / BYTES_OF_A_NUMBER));
    }
}
