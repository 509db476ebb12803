package io.heimdall.features.recording;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the Python literals that a {@code .npy} header is made of, and runs nothing: dictionaries become {@link Map},
 * tuples and lists {@link List}, and there are {@link String}, {@link Long} and {@link Boolean}.
 */
final class PythonLiteral {
    private static final int MAX_DEPTH = 16;

    private final String text;
    private int next;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * Parses one literal.
     *
     * @param text the literal, white space around it
     * @throws ParseException with the offending character's index
     */
    static Object parse(String text) throws ParseException {
        PythonLiteral parser = new PythonLiteral(text);
        Object value = parser.value(0);
        if (parser.peek() != '\0' || parser.next < text.length()) {
            throw parser.fault("the end");
        }
        return value;
    }

    private Object value(int depth) throws ParseException {
        if (depth > MAX_DEPTH) {
            throw fault("at most " + MAX_DEPTH + " nested brackets");
        }
        char c = peek();
        return switch (c) {
            case '{' -> dictionary(depth);
            case '(' -> sequence(')', depth);
            case '[' -> sequence(']', depth);
            case '\'', '"' -> string();
            default -> Character.isLetter(c) ? word() : number();
        };
    }

    private Map<String, Object> dictionary(int depth) throws ParseException {
        Map<String, Object> entries = new LinkedHashMap<>();
        next++;
        while (peek() != '}') {
            String key = string();
            expect(':');
            entries.put(key, value(depth + 1));
            if (peek() != '}') {
                expect(',');
            }
        }
        next++;
        return entries;
    }

    private List<Object> sequence(char end, int depth) throws ParseException {
        List<Object> items = new ArrayList<>();
        next++;
        while (peek() != end) {
            items.add(value(depth + 1));
            if (peek() != end) {
                expect(',');
            }
        }
        next++;
        return items;
    }

    private String string() throws ParseException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw fault("a quoted text");
        }
        int end = text.indexOf(quote, next + 1);
        if (end < 0) {
            throw fault("a closing " + quote);
        }
        String content = text.substring(next + 1, end);
        next = end + 1;
        return content;
    }

    private Object word() throws ParseException {
        for (String word : List.of("True", "False", "None")) {
            if (text.startsWith(word, next)) {
                next += word.length();
                return word.equals("None") ? "None" : Boolean.valueOf(word.equals("True"));
            }
        }
        throw fault("True, False or None");
    }

    private Long number() throws ParseException {
        int start = next;
        while (next < text.length() && (Character.isDigit(text.charAt(next)) || text.charAt(next) == '-')) {
            next++;
        }
        try {
            Long number = Long.valueOf(text.substring(start, next));
            // Python 2 marked long integers.
            if (next < text.length() && text.charAt(next) == 'L') {
                next++;
            }
            return number;
        } catch (NumberFormatException e) {
            next = start;
            throw fault("an integer");
        }
    }

    private void expect(char c) throws ParseException {
        if (peek() != c) {
            throw fault("'" + c + "'");
        }
        next++;
    }

    /** Skips white space and returns the character that follows, NUL at the end. */
    private char peek() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() ? text.charAt(next) : '\0';
    }

    private ParseException fault(String expected) {
        return new ParseException(expected, next);
    }
}
