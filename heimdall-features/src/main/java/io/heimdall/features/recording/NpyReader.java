package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads NumPy's {@code .npy} files, versions 1 to 3, in either byte order and in C or Fortran order.
 *
 * <p>A complex array of one dimension (or with a second one of length 1) is IQ. Real arrays of shape (2,N) or (N,2) are
 * I and Q, with (2,2) read as (2,N); those of one dimension are a real signal. Integers are scaled to full scale 1.0,
 * unsigned bytes with their zero at 127.5. Objects are refused, since unpickling runs what the file says. Bytes after
 * the array are left alone, as NumPy does.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format</a>
 */
final class NpyReader implements RecordingReader {
    private static final String MAGIC = "\u0093NUMPY";
    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final String SHAPES = "shape (N,) of complex or real numbers, or (2,N) or (N,2) of real numbers";

    private record Header(String type, boolean fortranOrder, long[] shape, long position, long dataPosition) {}

    @Override
    public String format() {
        return "npy";
    }

    @Override
    public boolean recognises(ByteSource file, byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1).startsWith(MAGIC)
                || file.name().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        return RecordingFiles.reading(source, file -> {
            RecordingFiles.requireChannel(file, options, 1);
            Header header = header(file);
            boolean complexType = header.type().charAt(1) == 'c';
            SampleFormat numbers = numbers(file, header);
            boolean pairs = !complexType && isPairs(header.shape());
            long samples = samples(file, header, complexType, pairs);
            requireData(file, header, samples, numbers.bytes() * (complexType || pairs ? 2 : 1));
            boolean rows = pairs && header.shape()[0] == 2;
            SampleLayout layout = pairs && rows != header.fortranOrder()
                    ? SampleLayout.planar(numbers, samples)
                    : SampleLayout.interleaved(numbers, complexType || pairs, 1);
            RecordingInfo info = new RecordingInfo(
                            format(),
                            layout.complex(),
                            samples,
                            options.sampleRateHz(),
                            OptionalDouble.empty(),
                            Optional.empty())
                    .withBits(numbers.bits());
            return new FileRecording(file, info, layout, Segments.single(header.dataPosition(), samples));
        });
    }

    private static Header header(BinaryFile file) throws IOException {
        String magic = file.ascii(0, (int) Math.max(1, Math.min(MAGIC.length(), file.length())));
        if (!magic.equals(MAGIC)) {
            boolean pickle = magic.startsWith("\u0080");
            throw file.fault(
                    0,
                    pickle ? "a pickled object, which is refused because it could run code" : "other bytes",
                    "a .npy file, which begins with \\x93NUMPY");
        }
        int version = file.u8(6);
        if (version < 1 || version > 3) {
            throw file.fault(6, "version " + version, "1, 2 or 3");
        }
        long length = version == 1 ? file.u16(8) : file.u32(8);
        int start = version == 1 ? 10 : 12;
        if (length > MAX_HEADER_BYTES) {
            throw file.fault(8, "a header of " + length + " bytes", "at most " + MAX_HEADER_BYTES);
        }
        String text = new String(
                file.bytes(start, (int) length), version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        try {
            if (PythonLiteral.parse(text) instanceof Map<?, ?> entries) {
                return header(file, entries, start, start + length);
            }
            throw file.fault(start, "a header that is no dictionary", "descr, fortran_order and shape");
        } catch (ParseException e) {
            int at = e.getErrorOffset();
            String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the header's end";
            throw file.fault(start + at, found, e.getMessage());
        }
    }

    private static Header header(BinaryFile file, Map<?, ?> entries, long position, long data)
            throws RecordingFormatException {
        Object type = entries.get("descr");
        if (type instanceof List<?>) {
            throw file.fault(position, "records " + type, "plain numbers");
        }
        if (!(type instanceof String descr) || !descr.matches("[<>=|]?[A-Za-z]\\d*")) {
            throw file.fault(position, "descr " + type, "a type such as '<c8'");
        }
        String explicit = "<>=|".indexOf(descr.charAt(0)) < 0 ? "=" + descr : descr;
        if (!(entries.get("fortran_order") instanceof Boolean fortranOrder)) {
            throw file.fault(position, "fortran_order " + entries.get("fortran_order"), "True or False");
        }
        if (!(entries.get("shape") instanceof List<?> dimensions)
                || !dimensions.stream().allMatch(d -> d instanceof Long n && n >= 0)) {
            throw file.fault(position, "shape " + entries.get("shape"), SHAPES);
        }
        long[] shape = dimensions.stream().mapToLong(d -> (Long) d).toArray();
        return new Header(explicit, fortranOrder, shape, position, data);
    }

    private static SampleFormat numbers(BinaryFile file, Header header) throws RecordingFormatException {
        SampleFormat.Type type = switch (header.type().substring(1)) {
            case "c8", "f4" -> SampleFormat.Type.F32;
            case "c16", "f8" -> SampleFormat.Type.F64;
            case "i1" -> SampleFormat.Type.S8;
            case "u1" -> SampleFormat.Type.U8_CENTRED;
            case "i2" -> SampleFormat.Type.S16;
            case "i4" -> SampleFormat.Type.S32;
            case "O" ->
                throw file.fault(
                        header.position(),
                        "pickled objects ('|O'), which are refused because they could run code",
                        "plain numbers");
            default ->
                throw file.fault(header.position(), "type '" + header.type() + "'", "one of c8 c16 f4 f8 i1 i2 i4 u1");
        };
        char order = header.type().charAt(0);
        return new SampleFormat(
                type,
                order == '>' ? ByteOrder.BIG_ENDIAN : order == '=' ? ByteOrder.nativeOrder() : ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean isPairs(long[] shape) {
        return shape.length == 2 && (shape[0] == 2 || shape[1] == 2);
    }

    private static long samples(BinaryFile file, Header header, boolean complexType, boolean pairs)
            throws RecordingFormatException {
        long[] shape = header.shape();
        if (pairs) {
            return shape[0] == 2 ? shape[1] : shape[0];
        }
        if (shape.length == 1) {
            return shape[0];
        }
        if (shape.length == 2 && (shape[0] == 1 || shape[1] == 1)) {
            return shape[0] == 1 ? shape[1] : shape[0];
        }
        String found = "shape " + Arrays.toString(shape);
        throw file.fault(header.position(), found + (complexType ? " of complex numbers" : ""), SHAPES);
    }

    private static void requireData(BinaryFile file, Header header, long samples, int bytes)
            throws RecordingFormatException {
        long present = file.length() - header.dataPosition();
        if (samples > present / bytes) {
            throw file.fault(
                    header.dataPosition(),
                    present + " bytes of data: the file is cut off",
                    samples + " samples of " + bytes + " bytes");
        }
    }
}
