package io.heimdall.features.recording;

import static io.heimdall.features.recording.SigmfNames.ARCHIVE;
import static io.heimdall.features.recording.SigmfNames.COLLECTION;
import static io.heimdall.features.recording.SigmfNames.DATA;
import static io.heimdall.features.recording.SigmfNames.META;
import static io.heimdall.features.recording.SigmfNames.ends;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
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
    private static final Pattern DATATYPE = Pattern.compile("([cr])([fiu])(8|16|32|64)(_le|_be)?");

    @Override
    public String format() {
        return "sigmf";
    }

    @Override
    public boolean recognises(ByteSource file, byte[] head) throws IOException {
        String name = file.name();
        return ends(name, META)
                || ends(name, DATA)
                || ends(name, ARCHIVE)
                || ends(name, COLLECTION)
                || (head.length == 0 && file.beside(name + META).exists());
    }

    @Override
    public List<String> streams(ByteSource file) throws IOException {
        String name = file.name();
        if (ends(name, COLLECTION)) {
            return SigmfCollection.read(file, new Warnings()).names();
        }
        if (ends(name, ARCHIVE)) {
            try (BinaryFile archive = BinaryFile.open(file)) {
                return SigmfArchive.read(archive, new Warnings()).names();
            }
        }
        return List.of();
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        String name = source.name();
        Warnings warnings = new Warnings();
        if (ends(name, ARCHIVE)) {
            return RecordingFiles.reading(source, file -> archived(file, options, warnings));
        }
        ByteSource metaFile = metadata(source, options, warnings);
        SigmfMeta meta = meta(metaFile, options, warnings);
        ByteSource dataFile = data(metaFile, meta);
        meta.requireSamples(dataFile.exists());
        return RecordingFiles.reading(
                dataFile, file -> recording(file, new Extent(0, file.length()), metaFile, meta, options, warnings));
    }

    @Override
    public List<ByteSource> files(ByteSource source, ReadOptions options) throws IOException {
        if (ends(source.name(), ARCHIVE)) {
            return List.of(source);
        }
        ByteSource metaFile = metadata(source, options, new Warnings());
        return List.of(metaFile, data(metaFile, meta(metaFile, options, new Warnings())));
    }

    /** Finds a recording's metadata, given either of its files, their base name, or a collection that has it. */
    private static ByteSource metadata(ByteSource source, ReadOptions options, Warnings warnings) throws IOException {
        String name = source.name();
        if (ends(name, COLLECTION)) {
            return SigmfCollection.read(source, warnings).meta(options.stream(), options.checksum());
        }
        return ends(name, META) ? source : source.beside((ends(name, DATA) ? base(source) : name) + META);
    }

    private static String base(ByteSource file) {
        String name = file.name();
        return name.substring(0, name.length() - META.length());
    }

    private static SigmfMeta meta(ByteSource metaFile, ReadOptions options, Warnings warnings) throws IOException {
        try (BinaryFile file = BinaryFile.open(metaFile)) {
            return SigmfMeta.read(
                    file, new Extent(0, file.length()), options.capture().orElse(0), warnings);
        }
    }

    private static ByteSource data(ByteSource metaFile, SigmfMeta meta) throws IOException {
        return metaFile.beside(meta.dataset().orElse(base(metaFile) + DATA));
    }

    private Recording archived(BinaryFile file, ReadOptions options, Warnings warnings) throws IOException {
        SigmfArchive.Stream stream = SigmfArchive.read(file, warnings).stream(options.stream());
        SigmfMeta meta = SigmfMeta.read(file, stream.meta(), options.capture().orElse(0), warnings);
        return recording(file, stream.data(meta), file.source(), meta, options, warnings);
    }

    private Recording recording(
            BinaryFile file, Extent data, ByteSource metaFile, SigmfMeta meta, ReadOptions options, Warnings warnings)
            throws IOException {
        RecordingFiles.requireChannel(file, options, meta.channels());
        int capture = options.capture().orElse(0);
        if (capture >= meta.captures()) {
            throw new RecordingFormatException(
                    metaFile, -1, meta.captures() + " capture(s)", "a capture " + capture + " (the first is 0)");
        }
        SampleLayout layout = layout(metaFile, meta);
        Segments segments = SigmfCaptures.segments(file, data, metaFile, meta, layout.stride(), capture, warnings);
        SigmfCapture known = meta.capture();
        RecordingInfo info = new RecordingInfo(
                        format(),
                        layout.complex(),
                        segments.samples(),
                        options.sampleRateHz().isPresent() ? options.sampleRateHz() : known.sampleRateHz(),
                        known.frequencyHz(),
                        known.startTime())
                .withPosition(known.position())
                .withBits(layout.format().bits())
                .withParts(meta.channels(), meta.captures());
        Optional<String> checksum = meta.sha512();
        if (options.checksum() && checksum.isPresent()) {
            Sha512.require(file, data, checksum.get());
        }
        long skip = (long) options.channel().orElse(0) * layout.extent();
        info = info.withWarnings(RecordingFiles.unread(options.channel(), meta.channels(), "channel"))
                .withWarnings(RecordingFiles.unread(options.capture(), meta.captures(), "capture"))
                .withWarnings(warnings.list());
        return new FileRecording(file, info, layout, segments.shifted(skip));
    }

    private static SampleLayout layout(ByteSource metaFile, SigmfMeta meta) throws RecordingFormatException {
        String datatype = meta.datatype();
        Matcher parts = DATATYPE.matcher(datatype);
        SampleFormat.Type type = parts.matches() ? type(parts.group(2) + parts.group(3), meta.isSdrAngel()) : null;
        if (type == null || (parts.group(4) == null && !parts.group(3).equals("8"))) {
            throw new RecordingFormatException(
                    metaFile, -1, "core:datatype " + datatype, "one such as cf32_le, ci16_le, cu8, ri16_be");
        }
        ByteOrder order = "_be".equals(parts.group(4)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return SampleLayout.interleaved(
                new SampleFormat(type, order), parts.group(1).equals("c"), meta.channels());
    }

    private static SampleFormat.Type type(String name, boolean sdrAngel) {
        return switch (name) {
            case "f64" -> SampleFormat.Type.F64;
            case "f32" -> SampleFormat.Type.F32;
            case "i32" -> sdrAngel ? SampleFormat.Type.S24_IN_32 : SampleFormat.Type.S32;
            case "u32" -> SampleFormat.Type.U32;
            case "i16" -> SampleFormat.Type.S16;
            case "u16" -> SampleFormat.Type.U16;
            case "i8" -> SampleFormat.Type.S8;
            case "u8" -> SampleFormat.Type.U8;
            default -> null;
        };
    }
}
