package io.heimdall.features.recording;

import java.io.IOException;

/**
 * What a WAV file's {@code fmt } chunk says.
 *
 * @param numbers how a number is stored
 * @param channels numbers side by side, 1..{@value #MAX_CHANNELS}
 * @param sampleRateHz samples a second; 0 where the file does not tell
 */
record WavFormat(SampleFormat numbers, int channels, long sampleRateHz) {
    private static final int MAX_CHANNELS = 256;
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;

    /** Reads the chunk whose content begins at a byte. */
    static WavFormat read(BinaryFile file, long position, long size) throws IOException {
        if (size < 16) {
            throw file.fault(position - 4, "a fmt chunk of " + size + " bytes", "16 at least");
        }
        int tag = file.u16(position);
        int channels = file.u16(position + 2);
        int bits = file.u16(position + 14);
        if (tag == EXTENSIBLE) {
            if (size < 40) {
                throw file.fault(position - 4, "an extensible fmt chunk of " + size + " bytes", "40 at least");
            }
            // The sub-format's identifier begins with the old tag. Samples fill their container from the top.
            tag = file.u16(position + 24);
        }
        if (channels < 1 || channels > MAX_CHANNELS || (channels > 2 && channels % 2 != 0)) {
            throw file.fault(position + 2, channels + " channels", "1, or pairs I, Q, at most " + MAX_CHANNELS);
        }
        WavFormat format =
                new WavFormat(SampleFormat.little(type(file, position, tag, bits)), channels, file.u32(position + 4));
        int frame = file.u16(position + 12);
        if (frame != format.frameBytes() && frame != 0) { // some programs leave it out
            throw file.fault(
                    position + 12,
                    "frames of " + frame + " bytes",
                    format.frameBytes() + " for " + channels + " channels of " + bits + " bits");
        }
        return format;
    }

    int frameBytes() {
        return channels * numbers.bytes();
    }

    boolean complex() {
        return channels > 1;
    }

    /** Receivers side by side. */
    int receivers() {
        return complex() ? channels / 2 : 1;
    }

    private static SampleFormat.Type type(BinaryFile file, long position, int tag, int bits)
            throws RecordingFormatException {
        if (tag == PCM && bits == 8) {
            return SampleFormat.Type.U8;
        } else if (tag == PCM && bits == 16) {
            return SampleFormat.Type.S16;
        } else if (tag == PCM && bits == 24) {
            return SampleFormat.Type.S24;
        } else if (tag == PCM && bits == 32) {
            return SampleFormat.Type.S32;
        } else if (tag == FLOAT && bits == 32) {
            return SampleFormat.Type.F32;
        } else if (tag == FLOAT && bits == 64) {
            return SampleFormat.Type.F64;
        }
        String kind = tag == PCM
                ? "integers"
                : tag == FLOAT ? "floating-point numbers" : "compressed samples (" + code(tag) + ")";
        throw file.fault(
                position,
                kind + " of " + bits + " bits",
                "integers of 8, 16, 24 or 32 bits or floating point of 32 or 64");
    }

    private static String code(int tag) {
        return switch (tag) {
            case 2, 17 -> "ADPCM";
            case 6 -> "A-law";
            case 7 -> "mu-law";
            case 80, 85 -> "MPEG";
            default -> "code " + tag;
        };
    }
}
