package io.heimdall.features.recording;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HackRF's PortaPack writes beside a recording {@code BBD_0001.C16}: {@code BBD_0001.TXT} with lines {@code
 * sample_rate=500000}, {@code center_frequency=433920000}, {@code latitude=}, {@code longitude=}. Editors leave a byte
 * order mark and blanks in it. Where there is no such file, or it is another program's, nothing is known.
 *
 * @param sampleRateHz samples a second
 * @param centerFrequencyHz the tuned frequency
 * @param position where the receiver stood
 */
record PortaPackText(OptionalDouble sampleRateHz, OptionalDouble centerFrequencyHz, Optional<Position> position) {
    private static final PortaPackText NOTHING =
            new PortaPackText(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    private static final int MAX_BYTES = 4096;
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,15}(\\.\\d{1,15})?([eE][-+]?\\d{1,2})?");

    static PortaPackText of(ByteSource recording, Warnings warnings) throws IOException {
        String name = recording.name();
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".c16") && !lower.endsWith(".c8")) {
            return NOTHING;
        }
        ByteSource text = recording.beside(name.substring(0, name.lastIndexOf('.')) + ".TXT");
        if (!text.exists()) {
            return NOTHING;
        }
        try (BinaryFile file = BinaryFile.open(text)) {
            byte[] bytes = file.bytes(0, (int) Math.min(MAX_BYTES, file.length()));
            Values values = new Values(text.name(), Encoding.decode(bytes), warnings);
            return new PortaPackText(
                    values.positive("sample_rate"), values.positive("center_frequency"), values.position());
        }
    }

    private record Values(String file, String text, Warnings warnings) {

        OptionalDouble positive(String key) {
            OptionalDouble value = number(key);
            return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
        }

        /** Without a fix PortaPack writes zeros, or numbers beyond any place. */
        Optional<Position> position() {
            double latitude = number("latitude").orElse(0);
            double longitude = number("longitude").orElse(0);
            boolean placed =
                    (latitude != 0 || longitude != 0) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
            return placed ? Optional.of(new Position(latitude, longitude, OptionalDouble.empty())) : Optional.empty();
        }

        private OptionalDouble number(String key) {
            Matcher line = Pattern.compile(
                            "^\\h*" + key + "\\h*=\\h*(\\V*?)\\h*$", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE)
                    .matcher(text);
            if (!line.find() || line.group(1).isEmpty()) {
                return OptionalDouble.empty();
            }
            if (NUMBER.matcher(line.group(1)).matches()) {
                return OptionalDouble.of(Double.parseDouble(line.group(1)));
            }
            warnings.add(key + " in " + file + " is '" + Shown.value(line.group(1))
                    + "', which is no number: it is left out");
            return OptionalDouble.empty();
        }
    }
}
