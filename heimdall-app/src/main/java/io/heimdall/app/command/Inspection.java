package io.heimdall.app.command;

import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.Gap;
import io.heimdall.features.recording.Position;
import io.heimdall.features.recording.RecordingInfo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What {@code heimdall inspect} found out about a recording.
 *
 * @param name the file's name, and that of the recording in it where it holds several
 * @param survey how it looks
 */
record Inspection(String name, RecordingSurvey survey) {
    private static final int SHOWN_GAPS = 3;

    /** The columns of the table of several recordings. */
    static final List<String> COLUMNS = List.of(
            "recording", "format", "rate", "duration", "centre", "start", "level", "clipped", "DC", "SNR", "gaps");

    /** Returns what speaks against the use of the recording. */
    List<String> warnings() {
        return survey.warnings();
    }

    List<String> row() {
        RecordingInfo info = survey.info();
        RecordingQuality quality = survey.quality();
        return List.of(
                name,
                info.format(),
                hertz(info.sampleRateHz()),
                duration(),
                hertz(info.centerFrequencyHz()),
                info.startTime().map(Inspection::time).orElse("-"),
                decibels(quality.levelDbfs()),
                percent(quality.clippedShare()),
                decibels(quality.dcDbfs()),
                quality.snrDb().isPresent() ? decibels(quality.snrDb().getAsDouble()) : "-",
                Integer.toString(info.gaps().size()));
    }

    /** Returns what there is to say, by name. */
    Map<String, String> facts() {
        RecordingInfo info = survey.info();
        RecordingQuality quality = survey.quality();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("format", format(info));
        facts.put("rate", unknown(hertz(info.sampleRateHz())));
        facts.put("duration", unknown(duration()) + " (" + info.samples() + " samples)");
        facts.put("centre frequency", unknown(hertz(info.centerFrequencyHz())));
        facts.put("start", info.startTime().map(Inspection::time).orElse("unknown"));
        facts.put(
                "clock",
                info.clockSigmaSeconds().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "good to %.3g us (one sigma)",
                                info.clockSigmaSeconds().getAsDouble() * 1e6)
                        : "unknown");
        facts.put("position", info.position().map(Inspection::place).orElse("unknown"));
        facts.put("level", decibels(quality.levelDbfs()) + " dBFS, peak " + decibels(quality.peakDbfs()) + " dBFS");
        facts.put("clipping", percent(quality.clippedShare()) + " of the samples");
        facts.put("DC offset", decibels(quality.dcDbfs()) + " dBFS");
        facts.put(
                "signal to noise",
                quality.snrDb().isPresent()
                        ? decibels(quality.snrDb().getAsDouble()) + " dB in the whole band"
                        : "no signal stands out of the noise");
        facts.put("occupied band", unknown(hertz(quality.occupiedBandwidthHz(), 4)) + " (99 % of the signal's power)");
        facts.put("frequency offset", unknown(hertz(quality.frequencyOffsetHz(), 4)));
        facts.put("gaps", gaps(info));
        if (quality.invalidSamples() > 0) {
            facts.put("no numbers", quality.invalidSamples() + " samples are NaN or infinite, and count as 0");
        }
        int warnings = warnings().size();
        for (int i = 0; i < warnings; i++) {
            facts.put(
                    warnings == 1 ? "warning" : "warning " + (i + 1), warnings().get(i));
        }
        return facts;
    }

    /** Returns what there is to say to a program; null is unknown. */
    Map<String, Object> json() {
        RecordingInfo info = survey.info();
        RecordingQuality quality = survey.quality();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recording", name);
        json.put("format", info.format());
        json.put("complex", info.complex());
        json.put("bits", info.bits().isPresent() ? info.bits().getAsInt() : null);
        json.put("channels", info.channels());
        json.put("captures", info.captures());
        json.put("samples", info.samples());
        json.put("sample_rate_hz", nullable(info.sampleRateHz()));
        json.put(
                "duration_s",
                info.sampleRateHz().isPresent()
                        ? info.samples() / info.sampleRateHz().getAsDouble()
                        : null);
        json.put("center_frequency_hz", nullable(info.centerFrequencyHz()));
        json.put("start_time", info.startTime().map(Object::toString).orElse(null));
        json.put("clock_sigma_s", nullable(info.clockSigmaSeconds()));
        json.put("position", info.position().map(Inspection::point).orElse(null));
        json.put("level_dbfs", quality.levelDbfs());
        json.put("peak_dbfs", quality.peakDbfs());
        json.put("clipped_share", quality.clippedShare());
        json.put("dc_dbfs", quality.dcDbfs());
        json.put("snr_db", nullable(quality.snrDb()));
        json.put("occupied_bandwidth_hz", nullable(quality.occupiedBandwidthHz()));
        json.put("frequency_offset_hz", nullable(quality.frequencyOffsetHz()));
        json.put("invalid_samples", quality.invalidSamples());
        List<Map<String, Object>> gaps = new ArrayList<>();
        for (Gap gap : info.gaps()) {
            gaps.add(Map.of("sample", gap.sample(), "missing_s", seconds(gap)));
        }
        json.put("gaps", gaps);
        json.put("warnings", warnings());
        return json;
    }

    private static String format(RecordingInfo info) {
        String numbers = info.bits().isPresent() ? info.bits().getAsInt() + " bit " : "floating-point ";
        String parts = (info.channels() > 1 ? ", one of " + info.channels() + " channels" : "")
                + (info.captures() > 1 ? ", one of " + info.captures() + " captures" : "");
        return info.format() + ", " + numbers + (info.complex() ? "IQ" : "real samples") + parts;
    }

    private String duration() {
        RecordingInfo info = survey.info();
        return info.sampleRateHz().isEmpty()
                ? "-"
                : seconds(info.samples() / info.sampleRateHz().getAsDouble());
    }

    private static String gaps(RecordingInfo info) {
        List<Gap> gaps = info.gaps();
        if (gaps.isEmpty()) {
            return "none known";
        }
        double rate = info.sampleRateHz().orElse(Double.NaN);
        StringBuilder text = new StringBuilder()
                .append(gaps.size())
                .append(gaps.size() == RecordingInfo.MAX_GAPS ? " or more, " : ", ")
                .append(seconds(gaps.stream().mapToDouble(Inspection::seconds).sum()))
                .append(" missing: ");
        for (Gap gap : gaps.subList(0, Math.min(SHOWN_GAPS, gaps.size()))) {
            text.append(seconds(seconds(gap)))
                    .append(" at ")
                    .append(seconds(gap.sample() / rate))
                    .append(", ");
        }
        text.setLength(text.length() - 2);
        return text.append(gaps.size() > SHOWN_GAPS ? ", ..." : "").toString();
    }

    private static double seconds(Gap gap) {
        return gap.missing().getSeconds() + gap.missing().getNano() / 1e9;
    }

    private static String seconds(double seconds) {
        if (Double.isNaN(seconds)) {
            return "?";
        }
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%.2f h", seconds / 3600)
                : seconds >= 1 || seconds == 0
                        ? String.format(Locale.ROOT, "%.2f s", seconds)
                        : String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    }

    private static String hertz(OptionalDouble value) {
        return hertz(value, 10);
    }

    /** Hertz with the unit that makes few digits before the point, and so many in all. */
    private static String hertz(OptionalDouble value, int digits) {
        if (value.isEmpty()) {
            return "-";
        }
        double hertz = value.getAsDouble();
        double size = Math.abs(hertz);
        double factor = size >= 1e6 ? 1e6 : size >= 1e3 ? 1e3 : 1;
        BigDecimal number = new BigDecimal(hertz / factor, new MathContext(digits));
        number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return number.toPlainString() + (factor == 1e6 ? " MHz" : factor == 1e3 ? " kHz" : " Hz");
    }

    private static String decibels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return share == 0 ? "0 %" : share < 1e-4 ? "under 0.01 %" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String time(Instant start) {
        return start.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String unknown(String text) {
        return text.equals("-") ? "unknown" : text;
    }

    private static String place(Position at) {
        return String.format(
                        Locale.ROOT,
                        "%.5f %s, %.5f %s",
                        Math.abs(at.latitude()),
                        at.latitude() < 0 ? "S" : "N",
                        Math.abs(at.longitude()),
                        at.longitude() < 0 ? "W" : "E")
                + (at.altitudeMetres().isPresent()
                        ? String.format(
                                Locale.ROOT, ", %.0f m", at.altitudeMetres().getAsDouble())
                        : "");
    }

    private static Map<String, Object> point(Position at) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("latitude", at.latitude());
        point.put("longitude", at.longitude());
        point.put("altitude_m", nullable(at.altitudeMetres()));
        return point;
    }

    private static Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
