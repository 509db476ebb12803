package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Reads WAV files of radio programs: PCM of 8, 16, 24 and 32 bits and floats, plain, extensible and longer than 4 GB
 * (RF64, BW64), and KiwiSDR's with a GNSS time before each block.
 *
 * <p>Two channels are I and Q, more are pairs of them, one receiver a pair; one channel is a real signal. Frequency and
 * time come from a chunk of the program ({@link WavTuning}) or else the file's name, the rate of a KiwiSDR from its time stamps. An
 * incomplete sample at a chunk's end is left out. Where the size of the samples is wrong they reach to the end of the file
 * ({@link WavData}).
 *
 * @see <a href="https://tech.ebu.ch/docs/tech/tech3306.pdf">EBU Tech 3306, RF64</a>
 */
final class WavReader implements RecordingReader {
    private static final List<String> FAMILY = List.of("RIFF", "RF64", "BW64");

    @Override
    public String format() {
        return "wav";
    }

    @Override
    public boolean recognises(ByteSource file, byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        return (start.length() >= 12 && FAMILY.contains(start.substring(0, 4)) && start.startsWith("WAVE", 8))
                || file.name().toLowerCase(Locale.ROOT).endsWith(".wav");
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        return RecordingFiles.reading(source, file -> {
            if (!FAMILY.contains(file.ascii(0, 4)) || !file.ascii(8, 4).equals("WAVE")) {
                throw file.fault(0, "other bytes", "a WAV file, which begins with RIFF (RF64, BW64) and WAVE");
            }
            WavChunks chunks = WavChunks.of(file);
            WavFormat format = chunks.format();
            RecordingFiles.requireChannel(file, options, format.receivers());
            RecordingName name = RecordingName.of(source.name());
            WavTuning tuning = chunks.tuning();
            RecordingInfo info = new RecordingInfo(
                            format(),
                            format.complex(),
                            chunks.segments().samples(),
                            options.sampleRateHz().isPresent() ? options.sampleRateHz() : rate(chunks),
                            tuning.centerFrequencyHz(name.centerFrequencyHz()),
                            chunks.kiwi()
                                    .map(clock -> clock.startTime(name.startTime()))
                                    .orElse(tuning.startTime().or(name::startTime)))
                    .withBits(format.numbers().bits())
                    .withParts(format.receivers(), 1)
                    .withGaps(chunks.kiwi().map(KiwiClock::gaps).orElse(List.of()))
                    .withClockSigma(chunks.kiwi()
                            .map(clock -> clock.sigmaSeconds(name.startTime()))
                            .orElse(OptionalDouble.empty()))
                    .withWarnings(RecordingFiles.unread(options.channel(), format.receivers(), "channel"))
                    .withWarnings(chunks.warnings());
            SampleLayout layout = SampleLayout.interleaved(format.numbers(), format.complex(), format.receivers());
            long skip = options.channel().orElse(0) * 2L * format.numbers().bytes();
            return new FileRecording(file, info, layout, chunks.segments().shifted(skip));
        });
    }

    private static OptionalDouble rate(WavChunks chunks) {
        OptionalDouble measured = chunks.kiwi().map(KiwiClock::sampleRateHz).orElse(OptionalDouble.empty());
        if (measured.isPresent()) {
            return measured;
        }
        long nominal = chunks.format().sampleRateHz();
        return nominal > 0 ? OptionalDouble.of(nominal) : OptionalDouble.empty();
    }
}
