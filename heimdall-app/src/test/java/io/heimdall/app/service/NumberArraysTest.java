package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberArraysTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static NumberArrays read(String json) {
        return NumberArrays.read(json.getBytes(StandardCharsets.UTF_8), 0);
    }

    @Test
    void shapeAndOrderAreThoseOfTheArraysWhateverTheSpace() {
        String json = "[[[1,2 ] ,\n[3, 4],[5,6]], [[7,8],[9,10],[11,12]]\t]";
        NumberArrays arrays = read(json + ", 13]");

        assertThat(arrays.shape()).containsExactly(2, 3, 2);
        assertThat(arrays.values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(arrays.end()).isEqualTo(json.length());
    }

    @Test
    void numbersAreTheNearestFloats() {
        Random random = new Random(1);
        List<String> written = new ArrayList<>(List.of(
                "0",
                "-0",
                "-0.0",
                "1e0",
                "1E+2",
                "12e-3",
                "1e39",
                "-1e39",
                "1e-46",
                "1e-40",
                "1.17549435e-38",
                "3.4028235e38",
                "16777217",
                "16777217.0000000000000001",
                "33554434.0000000001",
                "0.1",
                "123456789012345678",
                "1234567890123456789012",
                "9007199254740993",
                "1e-400",
                "0e999999999",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23"));
        for (int i = 0; i < 50_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!Float.isFinite(value)) {
                continue;
            }
            BigDecimal halfway =
                    new BigDecimal(value).add(new BigDecimal(Math.ulp(value)).divide(BigDecimal.valueOf(2)));
            written.add(
                    switch (i % 5) {
                        case 0 -> Float.toString(value);
                        case 1 -> Double.toString(value);
                        case 2 -> String.format(Locale.ROOT, "%.2f", -60 + 20 * random.nextGaussian());
                        case 3 -> String.format(Locale.ROOT, "%.17g", random.nextGaussian());
                        default -> halfway.precision() < 40 ? halfway.toString() : "1";
                    });
        }
        written.removeIf(number -> number.length() > 64);

        float[] read = read("[" + String.join(",", written) + "]").values();

        for (int i = 0; i < read.length; i++) {
            assertThat(Float.floatToRawIntBits(read[i]))
                    .as(written.get(i))
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(written.get(i))));
        }
        assertThat(read.length).isGreaterThan(30_000);
    }

    /** Short numbers are read in runs; what ends a run may stand anywhere, and the body may end right behind. */
    @Test
    void shortNumbersAreReadWhateverIsBetweenThem() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("[");
            List<Float> wanted = new ArrayList<>();
            int count = 1 + random.nextInt(i % 100 == 0 ? 10_000 : 12);
            for (int k = 0; k < count; k++) {
                String number = shortOrNot(random);
                wanted.add(Float.parseFloat(number));
                text.append(k == 0 ? "" : random.nextInt(9) == 0 ? " ,\n" : ",").append(number);
            }
            NumberArrays read = read(text + (random.nextBoolean() ? "]" : " ]"));

            assertThat(read.shape()).containsExactly(count);
            float[] values = new float[count];
            for (int k = 0; k < count; k++) {
                values[k] = wanted.get(k);
            }
            assertThat(read.values()).as(text.toString()).isEqualTo(values);
        }
    }

    private static String shortOrNot(Random random) {
        int digits = random.nextInt(8);
        String whole = Integer.toString(random.nextInt((int) Math.pow(10, digits)));
        String decimals =
                String.format(Locale.ROOT, "%05d", random.nextInt(100_000)).substring(random.nextInt(6));
        String power = random.nextInt(20) == 0 ? "e" + random.nextInt(6) : "";
        return (random.nextBoolean() ? "-" : "") + whole + (decimals.isEmpty() ? "" : "." + decimals) + power;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01", "-", "1.", ".5", "1e", "1e+", "+1", "--1", "[2]", "1.e3", "0x1", "NaN", "1_0", "1f", "true",
                "\"1\""
            })
    void whatIsNoNumberOfJsonIsRefused(String number) {
        for (String text : List.of("[1, " + number + "]", "[1," + number + ",2,3,4,5,6]")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(Problem.class).hasMessageStartingWith("features ");
        }
    }

    /** Of texts that are nearly arrays, those are read which a parser of any JSON takes, if they are arrays of numbers. */
    @Test
    void agreesWithAParserOnWhatIsJson() throws IOException {
        Random random = new Random(2);
        String alphabet = "[[[]],,,  0123456789..--eE+\n\"x";
        int good = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("[[1.5, -2],[3e1,4]]");
            for (int change = random.nextInt(4); change > 0; change--) {
                int at = 1 + random.nextInt(text.length() - 1);
                char other = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, other);
                    case 1 -> text.insert(at, other);
                    default -> text.deleteCharAt(at);
                }
            }
            boolean wanted = isRectangleOfNumbers(text.toString());
            assertThat(isRead(text.toString())).as(text.toString()).isEqualTo(wanted);
            good += wanted ? 1 : 0;
        }
        assertThat(good).isBetween(5_000, 45_000);
    }

    private static boolean isRead(String text) {
        try {
            return read(text).end() == text.stripTrailing().length();
        } catch (Problem e) {
            return false;
        }
    }

    private static boolean isRectangleOfNumbers(String text) throws IOException {
        try {
            JsonNode node = JSON.readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(text);
            return shape(node).isPresent();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns the lengths by level, if all of one level are the same and all numbers are at one. */
    private static Optional<List<Integer>> shape(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(List.of());
        }
        if (!node.isArray() || node.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Integer>> first = shape(node.get(0));
        for (JsonNode child : node) {
            if (first.isEmpty() || !shape(child).equals(first)) {
                return Optional.empty();
            }
        }
        List<Integer> all = new ArrayList<>(List.of(node.size()));
        all.addAll(first.get());
        return all.size() <= 4 ? Optional.of(all) : Optional.empty();
    }
}
