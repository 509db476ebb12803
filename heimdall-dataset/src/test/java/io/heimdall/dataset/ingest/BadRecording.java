package io.heimdall.dataset.ingest;

import io.heimdall.features.recording.NpyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Recordings that are none. */
enum BadRecording {
    MISSING("npy", ": there is no such file") {
        @Override
        void write(Path file) {}
    },
    PICKLED("npy", ", byte 0: found a pickled object, which is refused because it could run code") {
        @Override
        void write(Path file) throws IOException {
            Files.write(file, new byte[] {(byte) 0x80, 4, (byte) 0x95, 1, 2, 3});
        }
    },
    OBJECTS("npy", ", byte 10: found pickled objects ('|O')") {
        @Override
        void write(Path file) throws IOException {
            NpyWriter.writeComplex(file, new float[200]);
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            Files.writeString(file, bytes.replace("'<c8'", "'|O' "), StandardCharsets.ISO_8859_1);
        }
    },
    TRUNCATED("npy", ", byte 128: found 672 bytes of data: the file is cut off") {
        @Override
        void write(Path file) throws IOException {
            NpyWriter.writeComplex(file, new float[200]);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 800));
        }
    },
    LYING("wav", ": it has 25 samples, at least 32 are needed") {
        @Override
        void write(Path file) throws IOException {
            // A header that promises a million bytes of samples before a file of a hundred.
            ByteBuffer wav = ByteBuffer.allocate(144).order(ByteOrder.LITTLE_ENDIAN);
            wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(1_000_036);
            wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
            wav.putShort((short) 1).putShort((short) 2).putInt(12_000).putInt(48_000);
            wav.putShort((short) 4).putShort((short) 16);
            wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(1_000_000);
            Files.write(file, wav.array());
        }
    },
    EMPTY("npy", ": found an empty file") {
        @Override
        void write(Path file) throws IOException {
            Files.createFile(file);
        }
    },
    TEXT("cu8", ": found text, 'la la la'") {
        @Override
        void write(Path file) throws IOException {
            Files.writeString(file, "la la la");
        }
    },
    FOREIGN("mp3", ": found no format that is known by its content or name") {
        @Override
        void write(Path file) throws IOException {
            Files.write(file, new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0});
        }
    },
    RATELESS("npy", ": it does not state its sample rate: fill in sample_rate_hz") {
        @Override
        void write(Path file) throws IOException {
            NpyWriter.writeComplex(file, new float[200]);
        }
    },
    SHORT("_10k.cu8", ": it has 31 samples, at least 32 are needed") {
        @Override
        void write(Path file) throws IOException {
            Files.write(file, new byte[62]);
        }
    },
    NOT_A_NUMBER("_10k.cf32", ": it holds 1 samples that are no finite numbers, of 50") {
        @Override
        void write(Path file) throws IOException {
            ByteBuffer iq = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
            iq.putFloat(200, Float.NaN);
            Files.write(file, iq.array());
        }
    },
    ELSEWHERE("sigmf-meta", ": its core:dataset names another data file") {
        @Override
        void write(Path file) throws IOException {
            Files.write(file.resolveSibling("other.bin"), new byte[400]);
            Files.writeString(file, """
                    {"global": {"core:datatype": "ci8", "core:version": "1.0.0", "core:sample_rate": 9000,
                                "core:dataset": "other.bin"},
                     "captures": [{"core:sample_start": 0}], "annotations": []}""");
        }
    },
    FOLDER("npy", ": found a directory") {
        @Override
        void write(Path file) throws IOException {
            Files.createDirectory(file);
        }
    };

    private final String suffix;
    private final String reason;

    BadRecording(String suffix, String reason) {
        this.suffix = suffix;
        this.reason = reason;
    }

    abstract void write(Path file) throws IOException;

    String fileName() {
        return suffix.contains(".") ? name() + suffix : name() + "." + suffix;
    }

    /** What is said after the file's name. */
    String reason() {
        return reason;
    }
}
