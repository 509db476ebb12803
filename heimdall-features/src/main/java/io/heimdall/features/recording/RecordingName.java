package io.heimdall.features.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs write into the names of their recordings.
 *
 * <pre>{@code
 * GQRX            gqrx_20240131_120000_433920000_1800000_fc.raw     time, Hz, samples a second
 * SDR#, HDSDR     SDRSharp_20240131_120000Z_433920000Hz_IQ.wav      time, Hz or kHz; HackRF's -w and SDRuno likewise
 * SDRconnect      SDRconnect_IQ_20240131_120000_433920000HZ.wav     Hz; the time is a local one
 * SDR Console     31-Jan-2024 120000.123 433.920MHz 000.wav         MHz; the time is a local one
 * KiwiSDR         20171127T104156Z_77500_DF0KL_iq.wav               time, Hz
 * rtl_433         g001_433.92M_250k.cu8                             MHz, thousand samples a second
 * }</pre>
 *
 * Beside GQRX's and KiwiSDR's, which have a place for each number, a name is a row of tokens. A number before {@code M},
 * {@code Hz}, {@code kHz}, {@code MHz} or {@code GHz} is the frequency, one before {@code k}, {@code sps}, {@code ksps},
 * {@code Msps} or {@code Gsps} the sample rate, a date and time before {@code Z} the begin. As for rtl_433 case does not
 * count, and of several tokens of a kind the last one does. A number with a sign is none of these.
 *
 * @param sampleRateHz samples a second
 * @param centerFrequencyHz the tuned frequency
 * @param startTime begin of the recording, UTC
 */
record RecordingName(OptionalDouble sampleRateHz, OptionalDouble centerFrequencyHz, Optional<Instant> startTime) {
    private static final Pattern GQRX = pattern("(?<![A-Z0-9])gqrx_(\\d{8}_\\d{6})_(\\d{1,15})_(\\d{1,15})_fc\\b");
    private static final Pattern KIWI = pattern("(?<!\\d)\\d{8}T\\d{6}Z_(\\d{1,15})_");

    /** A hyphen parts two tokens, unless another separator stands before it: then it is a sign. */
    private static final Pattern NUMBER = pattern("(?<=^|[_ @(\\[]|[A-Z]\\.|[^_ @(\\[+-]-)"
            + "(\\d{1,15}(?:\\.\\d{1,15})?)([kMG]?)(Hz|sps)?(?=$|[_ @)\\].-])");

    private static final Pattern TIME = pattern(
            "(?<!\\d)(\\d{4}-?\\d{2}-?\\d{2}[T_ ]" + "\\d{2}[-_:]?\\d{2}[-_:]?\\d{2})(?:[.,]\\d{1,9})?Z(?![A-Z0-9])");

    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    static RecordingName of(String name) {
        Optional<Matcher> gqrx = last(GQRX, name);
        return gqrx.isPresent()
                ? new RecordingName(
                        hertz(gqrx.get().group(3), 1),
                        hertz(gqrx.get().group(2), 1),
                        time(gqrx.get().group(1)))
                : tokens(name);
    }

    /** Whether GQRX wrote the file, which then holds pairs of 32-bit floats. */
    static boolean isGqrx(String name) {
        return GQRX.matcher(name).find();
    }

    private static RecordingName tokens(String name) {
        OptionalDouble rate = OptionalDouble.empty();
        OptionalDouble frequency =
                last(KIWI, name).map(kiwi -> hertz(kiwi.group(1), 1)).orElse(OptionalDouble.empty());
        Matcher number = NUMBER.matcher(name);
        while (number.find()) {
            String prefix = number.group(2).toLowerCase(Locale.ROOT);
            String unit = String.valueOf(number.group(3)).toLowerCase(Locale.ROOT);
            OptionalDouble value = hertz(number.group(1), factor(prefix));
            if (unit.equals("sps") || (prefix.equals("k") && !unit.equals("hz"))) {
                rate = value;
            } else if (unit.equals("hz") || prefix.equals("m")) {
                frequency = value;
            }
        }
        return new RecordingName(rate, frequency, last(TIME, name).flatMap(time -> time(time.group(1))));
    }

    private static Optional<Matcher> last(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        int at = -1;
        while (matcher.find()) {
            at = matcher.start();
        }
        return at >= 0 && matcher.find(at) ? Optional.of(matcher) : Optional.empty();
    }

    private static double factor(String prefix) {
        return switch (prefix) {
            case "k" -> 1e3;
            case "m" -> 1e6;
            case "g" -> 1e9;
            default -> 1;
        };
    }

    private static OptionalDouble hertz(String digits, double factor) {
        double value = Double.parseDouble(digits) * factor;
        return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text.replaceAll("\\D", ""), DIGITS).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // digits that are no date, such as 30 February
        }
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
