package io.heimdall.features.recording;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Reads files that hold nothing but pairs I, Q, told by their suffix; rate and frequency come from a text that stands
 * beside the file as PortaPack writes it, from names as GQRX and rtl_433 give them, or from the options. Such files are
 * cut anywhere: an incomplete pair at the end is left out.
 */
final class RawReader implements RecordingReader {
    private final String format;
    private final SampleFormat numbers;
    private final List<String> suffixes;

    private RawReader(String format, SampleFormat.Type type, String... suffixes) {
        this.format = format;
        this.numbers = SampleFormat.little(type);
        this.suffixes = List.of(suffixes);
    }

    /**
     * Suffixes of rtl_433, HackRF's PortaPack (.C8, .C16), GNU Radio (.cfile) and Universal Radio Hacker (.complex, and
     * with the bits of a pair .complex16s, .complex32s, u for unsigned).
     */
    static List<RecordingReader> all() {
        return List.of(
                new RawReader("cu8", SampleFormat.Type.U8_CENTRED, ".cu8", ".complex16u"),
                new RawReader("cs8", SampleFormat.Type.S8, ".cs8", ".c8", ".sc8", ".complex16s"),
                new RawReader("cu16", SampleFormat.Type.U16, ".cu16", ".complex32u"),
                new RawReader("cs16", SampleFormat.Type.S16, ".cs16", ".c16", ".sc16", ".complex32s"),
                new RawReader("cf32", SampleFormat.Type.F32, ".cf32", ".cfile", ".fc32", ".complex"));
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean recognises(ByteSource file, byte[] head) {
        String name = file.name().toLowerCase(Locale.ROOT);
        return suffixes.stream().anyMatch(name::endsWith)
                || (format.equals("cf32") && RecordingName.isGqrx(file.name()));
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        return RecordingFiles.reading(source, file -> {
            RecordingFiles.requireChannel(file, options, 1);
            if (file.length() == 0) {
                throw file.fault(-1, "an empty file", "a recording");
            }
            SampleLayout layout = SampleLayout.interleaved(numbers, true, 1);
            Warnings warnings = new Warnings();
            RecordingName name = RecordingName.of(source.name());
            PortaPackText beside = PortaPackText.of(source, warnings);
            RecordingInfo info = new RecordingInfo(
                            format,
                            true,
                            file.length() / layout.stride(),
                            first(options.sampleRateHz(), beside.sampleRateHz(), name.sampleRateHz()),
                            first(beside.centerFrequencyHz(), name.centerFrequencyHz()),
                            name.startTime())
                    .withPosition(beside.position())
                    .withBits(numbers.bits())
                    .withWarnings(warnings.list());
            return new FileRecording(file, info, layout, Segments.single(0, info.samples()));
        });
    }

    private static OptionalDouble first(OptionalDouble... values) {
        for (OptionalDouble value : values) {
            if (value.isPresent()) {
                return value;
            }
        }
        return OptionalDouble.empty();
    }
}
