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
 * their names have in common, or a {@code .sigmf} archive of one such pair.
 *
 * <p>The options choose one channel and one capture; a capture ends where the next begins. Unsigned numbers have their
 * zero in the middle of their range, as in SigMF's own library. The data's checksum is not looked at here.
 *
 * @see <a href="https://sigmf.org">The specification</a>
 */
final class SigmfReader implements RecordingReader {
    private static final String META = ".sigmf-meta";
    private static final String DATA = ".sigmf-data";
    private static final String ARCHIVE = ".sigmf";
    private static final Pattern DATATYPE = Pattern.compile("([cr])([fiu])(8|16|32|64)(_le|_be)?");

    /** Where the samples are, in a file that may hold more. */
    private record Extent(long position, long bytes) {}

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
                || (head.length == 0 && Files.isRegularFile(sibling(file, META)));
    }

    @Override
    public Recording open(Path path, ReadOptions options) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(ARCHIVE)) {
            return Recordings.reading(path, file -> archive(file, options));
        }
        boolean suffixed = name.endsWith(META) || name.endsWith(DATA);
        Path base = suffixed ? path.resolveSibling(name.substring(0, name.length() - META.length())) : path;
        Path metaFile = sibling(base, META);
        SigmfMeta meta = meta(metaFile);
        return Recordings.reading(
                dataFile(base, metaFile, meta),
                file -> recording(file, new Extent(0, file.length()), metaFile, meta, options));
    }

    private static Path sibling(Path base, String suffix) {
        return base.resolveSibling(base.getFileName() + suffix);
    }

    private static SigmfMeta meta(Path metaFile) throws IOException {
        try (BinaryFile file = BinaryFile.open(metaFile)) {
            return meta(file, new Extent(0, file.length()));
        }
    }

    private static SigmfMeta meta(BinaryFile file, Extent extent) throws IOException {
        if (extent.bytes() > SigmfMeta.MAX_BYTES) {
            throw file.fault(
                    extent.position(), "metadata of " + extent.bytes() + " bytes", "at most " + SigmfMeta.MAX_BYTES);
        }
        return SigmfMeta.parse(file.path(), file.bytes(extent.position(), (int) extent.bytes()));
    }

    private static Path dataFile(Path base, Path metaFile, SigmfMeta meta) throws RecordingFormatException {
        String dataset = meta.global().dataset();
        if (dataset == null) {
            return sibling(base, DATA);
        }
        // A name from outside may not lead out of the recording's directory.
        if (dataset.isBlank() || !dataset.matches("[^/\\\\\\x00]+") || dataset.equals("..")) {
            throw new RecordingFormatException(metaFile, -1, "core:dataset " + dataset, "the plain name of a file");
        }
        return base.resolveSibling(dataset);
    }

    private Recording archive(BinaryFile file, ReadOptions options) throws IOException {
        List<TarIndex.Entry> entries = TarIndex.read(file);
        List<TarIndex.Entry> metas =
                entries.stream().filter(e -> e.name().endsWith(META)).toList();
        if (metas.size() != 1) {
            throw file.fault(
                    -1,
                    metas.size() + " recordings"
                            + metas.stream().limit(5).map(TarIndex.Entry::name).toList(),
                    "an archive of one; unpack it otherwise");
        }
        TarIndex.Entry metaEntry = metas.get(0);
        String dataName = metaEntry.name().substring(0, metaEntry.name().length() - META.length()) + DATA;
        TarIndex.Entry data = entries.stream()
                .filter(e -> e.name().equals(dataName))
                .findFirst()
                .orElseThrow(() -> file.fault(-1, "no " + dataName, "the data beside " + metaEntry.name()));
        SigmfMeta meta = meta(file, new Extent(metaEntry.position(), metaEntry.bytes()));
        return recording(file, new Extent(data.position(), data.bytes()), file.path(), meta, options);
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
                meta.startTime(metaFile, capture));
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
