package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens recordings of any known format: those built in, and those that {@link RecordingReader} providers add. */
public final class Recordings {
    // Those that know their files by content come first; raw samples have nothing but their suffix.
    private static final List<RecordingReader> BUILT_IN = Stream.concat(
                    Stream.of(new NpyReader(), new WavReader(), new SigmfReader(), new SdriqReader()),
                    RawReader.all().stream())
            .toList();

    private Recordings() {}

    /**
     * Returns the names of the formats that can be read, the built-in ones first.
     *
     * @throws IllegalStateException if two readers have the same format
     */
    public static List<String> formats() {
        return Stream.concat(BUILT_IN.stream(), added().stream())
                .map(RecordingReader::format)
                .toList();
    }

    /**
     * Opens a recording as the file itself says.
     *
     * @param file the recording
     * @return the recording, to be closed
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static Recording open(Path file) throws IOException {
        return open(file, ReadOptions.defaults());
    }

    /**
     * Opens a recording.
     *
     * @param file the recording; of a SigMF recording either of its files, its base name, its archive or its collection
     * @param options what to read
     * @return the recording, to be closed
     * @throws IllegalArgumentException if the options name an unknown format
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static Recording open(Path file, ReadOptions options) throws IOException {
        return open(ByteSources.of(file), options);
    }

    /**
     * Opens a recording, wherever its bytes are.
     *
     * @param source as for {@link #open(Path, ReadOptions)}
     * @param options what to read
     * @return the recording, to be closed
     * @throws IllegalArgumentException if the options name an unknown format
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static Recording open(ByteSource source, ReadOptions options) throws IOException {
        try (OpenedSource opened = new OpenedSource(source)) {
            return reader(opened, options.format()).open(opened, options);
        }
    }

    /**
     * Returns the names of the recordings that a SigMF archive or collection holds, for {@link ReadOptions#withStream};
     * empty for a file that is a recording itself.
     *
     * @param file the file
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static List<String> streams(Path file) throws IOException {
        return streams(ByteSources.of(file));
    }

    /**
     * Returns the names of the recordings that a SigMF archive or collection holds, wherever its bytes are.
     *
     * @param source as for {@link #streams(Path)}
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static List<String> streams(ByteSource source) throws IOException {
        try (OpenedSource opened = new OpenedSource(source)) {
            return reader(opened, Optional.empty()).streams(opened);
        }
    }

    /**
     * Returns the files that a recording consists of, such as a SigMF recording's metadata and its samples.
     *
     * @param file as for {@link #open(Path, ReadOptions)}
     * @param options what to read
     * @return the file to open it by, then those that belong to it; they need not be there
     * @throws IllegalArgumentException if the options name an unknown format
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static List<Path> files(Path file, ReadOptions options) throws IOException {
        return files(ByteSources.of(file), options).stream()
                .map(source -> source.file().orElseThrow())
                .toList();
    }

    /**
     * Returns the sources that a recording consists of, wherever its bytes are.
     *
     * @param source as for {@link #open(Path, ReadOptions)}
     * @param options what to read
     * @return the source to open it by, then those that belong to it; they need not be there
     * @throws IllegalArgumentException if the options name an unknown format
     * @throws RecordingFormatException if its format is unknown, or if it is damaged or cut off
     * @throws IOException if it cannot be read
     */
    public static List<ByteSource> files(ByteSource source, ReadOptions options) throws IOException {
        try (OpenedSource opened = new OpenedSource(source)) {
            return reader(opened, options.format()).files(opened, options).stream()
                    .map(file -> file == opened ? source : file)
                    .toList();
        }
    }

    /**
     * Makes a recording of an array, which it keeps: who changes the array changes the recording.
     *
     * @param samples pairs I, Q if complex, else one value a sample; full scale 1.0
     * @param complex whether they are pairs
     * @param sampleRateHz samples a second
     * @throws IllegalArgumentException if pairs are incomplete or the rate is not positive and finite
     */
    public static Recording of(float[] samples, boolean complex, double sampleRateHz) {
        return new MemoryRecording(samples, complex, sampleRateHz);
    }

    /**
     * Makes a recording of a buffer of raw pairs I, Q: on the heap, direct, or a mapped file.
     *
     * @param bytes its remaining bytes are the pairs, little endian; who changes them changes the recording
     * @param format {@code cf32}, {@code cs16}, {@code cs8} or {@code cu8}
     * @param sampleRateHz samples a second
     * @throws IllegalArgumentException if the format is another or the rate is not positive and finite
     */
    public static Recording of(ByteBuffer bytes, String format, double sampleRateHz) {
        return new BufferRecording(bytes, format, sampleRateHz);
    }

    private static List<RecordingReader> added() {
        return AddedReaders.scan(BUILT_IN);
    }

    private static RecordingReader reader(OpenedSource source, Optional<String> format) throws IOException {
        if (format.isPresent()) {
            return named(format.get());
        }
        byte[] head = source.head();
        for (RecordingReader reader : BUILT_IN) {
            if (reader.recognises(source, head)) {
                return reader;
            }
        }
        for (RecordingReader reader : added()) { // looked for only now: it takes longer than to read a header
            if (reader.recognises(source, head)) {
                return reader;
            }
        }
        throw unknown(source);
    }

    private static RecordingFormatException unknown(ByteSource source) throws IOException {
        try (BinaryFile file = BinaryFile.open(source)) {
            ForeignFile.refuse(file, "a recording");
            return file.fault(
                    -1,
                    "no format that is known by its content or name",
                    "one of " + String.join(", ", formats()) + "; --format says which (in a table the column format)");
        }
    }

    private static RecordingReader named(String format) {
        return Stream.concat(BUILT_IN.stream(), added().stream())
                .filter(reader -> reader.format().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("recording format " + format + " is not one of " + formats()));
    }
}
