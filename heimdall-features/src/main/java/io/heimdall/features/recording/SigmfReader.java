package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SigMF 1.x recordings: a {@code .sigmf-meta} file beside its {@code .sigmf-data}, named by either or by what
 * their names have in common; one of a {@code .sigmf} archive; one that a {@code .sigmf-collection} names.
 *
 * <p>The options choose one channel and one capture; a capture ends where the next begins. Unsigned numbers have their
 * zero in the middle of their range, as in SigMF's own library. The checksum of the samples, where there is one, is
 * held against them on opening, as SigMF's own library does, unless the options say not to.
 *
 * @see <a href="https://sigmf.org">The specification</a>
 */
final class SigmfReader implements RecordingReader {
    static final String META = ".sigmf-meta";
    static final String DATA = ".sigmf-data";
    private static final String ARCHIVE = ".sigmf";
    private static final String COLLECTION = ".sigmf-collection";
    private static final Pattern DATATYPE = Pattern.compile("([cr])([fiu])(8|16|32|64)(_le|_be)?");

    /** A stretch of a file. */
    record Extent(long position, long bytes) {}

    @Override
    public String format() {
        return "sigmf";
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(META)
                || name.endsWith(DATA)
                || name.endsWith(ARCHIVE)
                || name.endsWith(COLLECTION)
                || (head.length == 0 && Files.isRegularFile(sibling(file, META)));
    }

    @Override
    public List<String> streams(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(COLLECTION)) {
            return SigmfCollection.read(file).names();
        }
        if (name.endsWith(ARCHIVE)) {
            try (BinaryFile archive = BinaryFile.open(file)) {
                return SigmfArchive.read(archive).names();
            }
        }
        return List.of();
    }

    @Override
    public Recording open(Path path, ReadOptions options) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(ARCHIVE)) {
            return Recordings.reading(path, file -> archived(file, options));
        }
        if (name.endsWith(COLLECTION)) {
            Path meta = SigmfCollection.read(path).meta(options.stream(), options.checksum());
            return pair(meta.resolveSibling(base(meta)), options);
        }
        return pair(name.endsWith(META) || name.endsWith(DATA) ? path.resolveSibling(base(path)) : path, options);
    }

    private static String base(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - META.length());
    }

    private static Path sibling(Path base, String suffix) {
        return base.resolveSibling(base.getFileName() + suffix);
    }

    private Recording pair(Path base, ReadOptions options) throws IOException {
        Path metaFile = sibling(base, META);
        SigmfMeta meta;
        try (BinaryFile file = BinaryFile.open(metaFile)) {
            meta = SigmfMeta.read(file, new Extent(0, file.length()));
        }
        String dataset = meta.dataset(metaFile).orElse(base.getFileName() + DATA);
        Path dataFile = SigmfMeta.sibling(base, dataset);
        meta.requireSamples(metaFile, Files.exists(dataFile));
        return Recordings.reading(
                dataFile, file -> recording(file, new Extent(0, file.length()), metaFile, meta, options));
    }

    private Recording archived(BinaryFile file, ReadOptions options) throws IOException {
        SigmfArchive.Stream stream = SigmfArchive.read(file).stream(options.stream());
        SigmfMeta meta = SigmfMeta.read(file, stream.meta());
        return recording(file, stream.data(meta), file.path(), meta, options);
    }

    private Recording recording(BinaryFile file, Extent data, Path metaFile, SigmfMeta meta, ReadOptions options)
            throws IOException {
        Recordings.requireChannel(file, options, meta.channels());
        int capture = options.capture();
        if (capture >= meta.captures().size()) {
            throw new RecordingFormatException(
                    metaFile, -1, meta.captures().size() + " capture(s)", "a capture " + capture + " (the first is 0)");
        }
        SampleLayout layout = layout(metaFile, meta);
        Segments segments = segments(file, data, metaFile, meta, layout.stride(), capture);
        RecordingInfo info = new RecordingInfo(
                        format(),
                        layout.complex(),
                        segments.samples(),
                        options.sampleRateHz().isPresent() ? options.sampleRateHz() : meta.sampleRateHz(),
                        meta.frequencyHz(capture),
                        meta.startTime(metaFile, capture))
                .withPosition(meta.position(metaFile, capture))
                .withBits(layout.format().bits())
                .withParts(meta.channels(), meta.captures().size());
        if (options.checksum() && meta.global().sha512() != null) {
            Sha512.require(file, data, meta.global().sha512());
        }
        long skip = (long) options.channel() * layout.extent();
        return new FileRecording(file, info, layout, segments.shifted(skip));
    }

    private static SampleLayout layout(Path metaFile, SigmfMeta meta) throws RecordingFormatException {
        String datatype = meta.global().datatype();
        Matcher parts = DATATYPE.matcher(datatype);
        SampleFormat.Type type = parts.matches() ? type(parts.group(2) + parts.group(3)) : null;
        if (type == null || (parts.group(4) == null && !parts.group(3).equals("8"))) {
            throw new RecordingFormatException(
                    metaFile,
                    -1,
                    "core:datatype " + datatype,
                    "c or r, then i8 u8 or f64 f32 i32 u32 i16 u16 with _le _be");
        }
        ByteOrder order = "_be".equals(parts.group(4)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return SampleLayout.interleaved(
                new SampleFormat(type, order), parts.group(1).equals("c"), meta.channels());
    }

    private static SampleFormat.Type type(String name) {
        return switch (name) {
            case "f64" -> SampleFormat.Type.F64;
            case "f32" -> SampleFormat.Type.F32;
            case "i32" -> SampleFormat.Type.S32;
            case "u32" -> SampleFormat.Type.U32;
            case "i16" -> SampleFormat.Type.S16;
            case "u16" -> SampleFormat.Type.U16;
            case "i8" -> SampleFormat.Type.S8;
            case "u8" -> SampleFormat.Type.U8;
            default -> null;
        };
    }

    /** Finds a capture's samples, behind the headers of it and of those before. */
    private static Segments segments(
            BinaryFile file, Extent data, Path metaFile, SigmfMeta meta, int frameBytes, int wanted)
            throws RecordingFormatException {
        long offset = meta.global().offset();
        long headers = 0;
        long headersBefore = 0;
        long previous = offset;
        for (int i = 0; i < meta.captures().size(); i++) {
            SigmfMeta.Capture capture = meta.captures().get(i);
            if (capture.sampleStart() < previous
                    || capture.headerBytes() < 0
                    || capture.headerBytes() > data.bytes() - headers) {
                throw new RecordingFormatException(
                        metaFile,
                        -1,
                        "capture " + i + " with core:sample_start " + capture.sampleStart() + " and core:header_bytes "
                                + capture.headerBytes(),
                        "a start from " + previous + " on and at most " + (data.bytes() - headers) + " bytes");
            }
            previous = capture.sampleStart();
            headers += capture.headerBytes();
            headersBefore = i == wanted ? headers : headersBefore;
        }
        long bytes = data.bytes() - headers - meta.global().trailingBytes();
        long total = Math.max(0, bytes) / frameBytes;
        if (bytes < 0 || previous - offset < 0 || previous - offset > total) {
            throw new RecordingFormatException(
                    file.path(),
                    -1,
                    total + " samples in " + data.bytes() + " bytes: the data is cut off",
                    "the last capture's core:sample_start " + previous + " within");
        }
        long start = meta.captures().get(wanted).sampleStart() - offset;
        long end = wanted + 1 < meta.captures().size()
                ? meta.captures().get(wanted + 1).sampleStart() - offset
                : total;
        return Segments.single(data.position() + headersBefore + start * frameBytes, end - start);
    }
}
