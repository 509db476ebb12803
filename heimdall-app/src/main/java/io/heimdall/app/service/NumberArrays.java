package io.heimdall.app.service;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Nested JSON arrays of numbers, all of one level equally long, read several times as fast as by a parser of any JSON: features
 * are tens of thousands of numbers.
 *
 * <p>Numbers are the floats nearest to what is written. A decimal of few digits is an exact quotient or product of two doubles,
 * rounded once (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990), and rounded to a float without harm unless
 * the double lies halfway between two; the rest are read by {@link Float#parseFloat}.
 */
final class NumberArrays {
    private static final int MOST_AXES = 4;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_DIGITS = 18;
    /** With its comma, as measured numbers are mostly written: the room for all is made at once. */
    private static final int BYTES_OF_A_NUMBER = 7;

    private static final long EXACT_DOUBLE = 1L << 53;
    private static final long BELOW_FLOAT = (1L << 29) - 1;
    private static final long HALFWAY = 1L << 28;
    private static final String OTHERS = "features holds something else than numbers at its innermost level, at byte ";
    private static final String NO_NUMBER = "features has a number that is none at byte ";
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final byte[] json;
    private final int from;
    private int at;
    private float[] values;
    private int count;
    private final int[] shape = new int[MOST_AXES];
    /** Known since the first number. */
    private int axes;

    private NumberArrays(byte[] json, int from, int room) {
        this.json = json;
        this.from = from;
        this.at = from;
        this.values = new float[room];
    }

    /**
     * Reads arrays.
     *
     * @param json in UTF-8
     * @param from where the outermost array begins
     */
    static NumberArrays read(byte[] json, int from) {
        return read(json, from, 16 + (json.length - from) / BYTES_OF_A_NUMBER);
    }

    /**
     * Reads arrays.
     *
     * @param json in UTF-8
     * @param from where the outermost array begins
     * @param room for so many numbers, at least 1; more is made where there are more
     */
    static NumberArrays read(byte[] json, int from, int room) {
        NumberArrays arrays = new NumberArrays(json, from, room);
        Arrays.fill(arrays.shape, -1);
        arrays.array(0);
        return arrays;
    }

    /** Returns the numbers, row-major; not to be changed. */
    float[] values() {
        return count == values.length ? values : Arrays.copyOf(values, count);
    }

    int[] shape() {
        return Arrays.copyOf(shape, axes);
    }

    /** Returns the arrays as they were written. */
    byte[] text() {
        return Arrays.copyOfRange(json, from, at);
    }

    /** Returns where what follows the outermost array begins. */
    int end() {
        return at;
    }

    private void array(int depth) {
        expect(depth < MOST_AXES, "features has more than " + MOST_AXES + " levels of arrays");
        expect(count == 0 || depth < axes, OTHERS, at);
        int length = 0;
        boolean runs = true;
        byte next;
        do {
            at++; // the bracket or the comma
            next = visible();
            expect(!(next == ']' && length == 0), "features has an empty array");
            if (next == '[') {
                array(depth + 1);
            } else {
                boolean number = next == '-' || next >= '0' && next <= '9';
                expect(number && (count == 0 || depth == axes - 1), OTHERS, at);
                axes = depth + 1;
                int read = runs ? run() : 0;
                if (read == 0) {
                    add(number());
                    runs = false; // where one is long, others are mostly too
                    read = 1;
                }
                length += read - 1;
            }
            length++;
            next = visible();
        } while (next == ',');
        expect(next == ']', "features has neither a comma nor the end of an array at byte ", at);
        at++;
        if (shape[depth] >= 0 && shape[depth] != length) {
            throw Problem.conflict("features has arrays of different lengths at one level");
        }
        shape[depth] = length;
    }

    /** Returns the next byte that is no white space, without stepping over it. */
    private byte visible() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        expect(at < json.length, "the body ends in the middle of features");
        return json[at];
    }

    /** Reads a run of short numbers and returns how many. */
    private int run() {
        NumberRun run = new NumberRun(json, values, count);
        run.read(at);
        int read = run.count() - count;
        values = run.values();
        count = run.count();
        at = run.end();
        return read;
    }

    private void add(float value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, NumberRun.room(count, json.length - at));
        }
        values[count++] = value;
    }

    private float number() {
        int begin = at;
        if (json[at] == '-') {
            at++;
        }
        int first = at;
        long mantissa = digits(0);
        int digits = at - first;
        expect(digits == 1 || digits > 1 && json[first] != '0', NO_NUMBER, begin);
        int exponent = 0;
        if (is('.', '.')) {
            int point = ++at;
            mantissa = digits(mantissa);
            expect(at > point, NO_NUMBER, begin);
            exponent = point - at;
            digits += at - point;
        }
        if (is('e', 'E')) {
            at++;
            exponent += exponent(begin);
        }
        expect(at - begin <= LONGEST_NUMBER, "features has a number of more than " + LONGEST_NUMBER + " bytes");
        if (digits <= MOST_DIGITS && mantissa < EXACT_DOUBLE && Math.abs(exponent) < TENS.length) {
            double exact = exponent < 0 ? mantissa / TENS[-exponent] : mantissa * TENS[exponent];
            boolean normal = exact >= Float.MIN_NORMAL || mantissa == 0;
            if (normal && (Double.doubleToRawLongBits(exact) & BELOW_FLOAT) != HALFWAY) {
                return (float) (json[begin] == '-' ? -exact : exact);
            }
        }
        return Float.parseFloat(new String(json, begin, at - begin, StandardCharsets.US_ASCII));
    }

    /** Goes on with a number; one of more than 18 digits overflows, and is not used. */
    private long digits(long mantissa) {
        long all = mantissa;
        int next = at; // of all bytes most are digits: no field is written for each
        for (byte[] text = json; next < text.length && text[next] >= '0' && text[next] <= '9'; next++) {
            all = 10 * all + text[next] - '0';
        }
        at = next;
        return all;
    }

    private int exponent(int begin) {
        boolean negative = is('-', '-');
        if (negative || is('+', '+')) {
            at++;
        }
        int first = at;
        long power = digits(0);
        expect(at > first && at - first <= 9, NO_NUMBER, begin);
        return (int) (negative ? -power : power);
    }

    private boolean is(char one, char other) {
        return at < json.length && (json[at] == one || json[at] == other);
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw Problem.badRequest(otherwise);
        }
    }

    /** Puts the message together only when it is wanted: this is asked of every number. */
    private static void expect(boolean condition, String otherwise, int place) {
        if (!condition) {
            throw Problem.badRequest(otherwise + place);
        }
    }
}
