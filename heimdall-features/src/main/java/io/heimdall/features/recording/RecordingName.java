package io.heimdall.features.recording;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
 * SDR Console     31-Jan-2024 120000.123 433.920MHz 000.wav         as rtl_433
 * KiwiSDR         20171127T104156Z_77500_DF0KL_iq.wav               time, Hz
 * rtl_433         g001_433.92M_250k.cu8                             MHz, thousand samples a second
 * }</pre>
 *
 * In rtl_433's manner a number before {@code M}, {@code Hz}, {@code kHz}, {@code MHz} or {@code GHz} is the frequency,
 * one before {@code k}, {@code sps}, {@code ksps}, {@code Msps} or {@code Gsps} the sample rate; the first counts.
 *
 * @param sampleRateHz samples a second
 * @param centerFrequencyHz the tuned frequency
 * @param startTime begin of the recording, UTC
 */
record RecordingName(OptionalDouble sampleRateHz, OptionalDouble centerFrequencyHz, Optional<Instant> startTime) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final Pattern GQRX =
            Pattern.compile("gqrx_(\\d{8})_(\\d{6})_(\\d{1,15})_(\\d{1,15})_fc\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHARP = Pattern.compile(".*?_(\\d{8})_(\\d{6})(Z?)_(\\d{1,15})(k?)H[zZ][_.].*");
    private static final Pattern KIWI = Pattern.compile("(\\d{8})T(\\d{6})Z_(\\d{1,15})_.*");
    private static final Pattern RTL_433 =
            Pattern.compile("(?<=^|[_\\- @])(\\d{1,15}(?:\\.\\d{1,15})?)([kMG]?)(Hz|sps)?(?=$|[_\\- @.])");

    static RecordingName of(Path file) {
        String name = String.valueOf(file.getFileName());
        Matcher gqrx = GQRX.matcher(name);
        if (gqrx.matches()) {
            return new RecordingName(hertz(gqrx.group(4), 1), hertz(gqrx.group(3), 1), time(gqrx));
        }
        Matcher sharp = SHARP.matcher(name);
        if (sharp.matches()) {
            return new RecordingName(
                    OptionalDouble.empty(),
                    hertz(sharp.group(4), sharp.group(5).isEmpty() ? 1 : 1e3),
                    sharp.group(3).isEmpty() ? Optional.empty() : time(sharp));
        }
        Matcher kiwi = KIWI.matcher(name);
        if (kiwi.matches()) {
            return new RecordingName(OptionalDouble.empty(), hertz(kiwi.group(3), 1), time(kiwi));
        }
        return rtl433(name);
    }

    /** Whether GQRX wrote the file, which then holds pairs of 32-bit floats. */
    static boolean isGqrx(Path file) {
        return GQRX.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static RecordingName rtl433(String name) {
        OptionalDouble rate = OptionalDouble.empty();
        OptionalDouble frequency = OptionalDouble.empty();
        Matcher token = RTL_433.matcher(name);
        while (token.find()) {
            String prefix = token.group(2);
            String unit = token.group(3);
            if (unit == null && !prefix.equals("k") && !prefix.equals("M")) {
                continue;
            }
            boolean isRate = unit == null ? prefix.equals("k") : unit.equals("sps");
            OptionalDouble value =
                    hertz(token.group(1), Math.pow(1000, " kMG".indexOf(prefix.isEmpty() ? " " : prefix)));
            if (isRate && rate.isEmpty()) {
                rate = value;
            } else if (!isRate && frequency.isEmpty()) {
                frequency = value;
            }
        }
        return new RecordingName(rate, frequency, Optional.empty());
    }

    private static OptionalDouble hertz(String digits, double factor) {
        double value = Double.parseDouble(digits) * factor;
        return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Optional<Instant> time(Matcher name) {
        try {
            return Optional.of(
                    LocalDateTime.parse(name.group(1) + name.group(2), STAMP).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            // Digits that are no date: the name says something else, and the time stays unknown.
            return Optional.empty();
        }
    }
}
