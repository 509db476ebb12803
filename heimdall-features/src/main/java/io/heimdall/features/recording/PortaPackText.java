package io.heimdall.features.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What HackRF's PortaPack writes beside a recording {@code BBD_0001.C16}: {@code BBD_0001.TXT} with lines {@code
 * sample_rate=500000}, {@code center_frequency=433920000}, {@code latitude=}, {@code longitude=}. Where there is no such
 * file, or it is another program's, nothing is known.
 *
 * @param sampleRateHz samples a second
 * @param centerFrequencyHz the tuned frequency
 * @param position where the receiver stood
 */
record PortaPackText(OptionalDouble sampleRateHz, OptionalDouble centerFrequencyHz, Optional<Position> position) {
    private static final PortaPackText NOTHING =
            new PortaPackText(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    private static final int MAX_BYTES = 4096;

    static PortaPackText of(Path recording) throws IOException {
        String name = String.valueOf(recording.getFileName());
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.endsWith(".C16") && !upper.endsWith(".C8")) {
            return NOTHING;
        }
        String base = name.substring(0, name.lastIndexOf('.'));
        for (String suffix : List.of(".TXT", ".txt")) {
            Path text = recording.resolveSibling(base + suffix);
            if (Files.isRegularFile(text)) {
                try (InputStream in = Files.newInputStream(text)) {
                    return parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return NOTHING;
    }

    private static PortaPackText parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.split("[\r\n]+")) {
            if (line.matches("\\w{1,40}=[-+]?\\d{1,15}(\\.\\d{1,15})?")) {
                int equals = line.indexOf('=');
                values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
            }
        }
        Double latitude = values.get("latitude");
        Double longitude = values.get("longitude");
        // Without a fix it writes zeros or numbers beyond any place.
        boolean placed = latitude != null
                && longitude != null
                && (latitude != 0 || longitude != 0)
                && Math.abs(latitude) <= 90
                && Math.abs(longitude) <= 180;
        return new PortaPackText(
                positive(values.get("sample_rate")),
                positive(values.get("center_frequency")),
                placed ? Optional.of(new Position(latitude, longitude, OptionalDouble.empty())) : Optional.empty());
    }

    private static OptionalDouble positive(Double hertz) {
        return hertz != null && hertz > 0 ? OptionalDouble.of(hertz) : OptionalDouble.empty();
    }
}
