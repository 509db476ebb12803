package io.heimdall.features.recording;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Refuses what is no recording whatever its name says: a text, an archive, a picture, the container of another program. */
final class ForeignFile {
    private static final int HEAD_BYTES = 256;
    private static final int ZIP_NAME = 30;

    private static final String NPZ =
            "a .npy file; this makes one: python -c \"import numpy as n; d = n.load('FILE.npz');"
                    + " n.save('FILE.npy', d[d.files[0]])\"";
    private static final String MAT = "a .npy file; this makes one of the variable NAME: python -c \"import numpy as n,"
            + " scipy.io as s; n.save('FILE.npy', s.loadmat('FILE.mat')['NAME'].squeeze())\"";
    private static final String HDF5 =
            "a .npy file; this makes one of the variable NAME: python -c \"import h5py, numpy as"
                    + " n; d = h5py.File('FILE')['NAME'][()]; n.save('FILE.npy', (d['real'] + 1j * d['imag']).squeeze())\"";
    private static final String UNPACKED = "the recording itself: unpack it first";

    /** A file that begins with some bytes (in ISO 8859-1). */
    private record Mark(String bytes, String found, String expected) {}

    private static final List<Mark> MARKS = List.of(
            new Mark("MATLAB 7.3 MAT-file", "a .mat file of MATLAB 7.3 or later (HDF5)", HDF5),
            new Mark("MATLAB 5.0 MAT-file", "a .mat file of MATLAB", MAT),
            new Mark("\u0089HDF\r\n\u001a\n", "an HDF5 file", HDF5),
            new Mark("PK\u0003\u0004", "an archive (zip)", UNPACKED),
            new Mark("7z\u00bc\u00af\u0027\u001c", "an archive (7z)", UNPACKED),
            new Mark("Rar!\u001a\u0007", "an archive (rar)", UNPACKED),
            new Mark("\u00fd7zXZ\0", "a compressed file (xz)", UNPACKED),
            new Mark("\u0028\u00b5\u002f\u00fd", "a compressed file (zstd)", UNPACKED),
            new Mark(
                    "\0\u0005\u0016\u0007\0\u0002\0\0",
                    "a companion file of macOS (AppleDouble)",
                    "the file named without ._"),
            new Mark("\u0089PNG\r\n\u001a\n", "a picture (PNG)", "a recording"),
            new Mark("%PDF-", "a document (PDF)", "a recording"),
            new Mark("fLaC", "sound compressed with FLAC", "a WAV file; this makes one: flac -d FILE"));

    private ForeignFile() {}

    /**
     * Looks at a file's content.
     *
     * @param expected what the file should be
     * @throws RecordingFormatException if it is a foreign one
     */
    static void refuse(BinaryFile file, String expected) throws IOException {
        String start = file.ascii(0, (int) Math.min(HEAD_BYTES, file.length()));
        String name = file.source().name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz") || isZipOfArrays(start)) {
            throw file.fault(-1, "an archive of NumPy (.npz)", NPZ);
        }
        for (Mark mark : MARKS) {
            if (start.startsWith(mark.bytes())) {
                throw file.fault(-1, mark.found(), mark.expected());
            }
        }
        if (isGzip(start)) {
            throw file.fault(-1, "a compressed file (gzip)", UNPACKED);
        }
        if (PlainText.fills(file)) {
            throw file.fault(-1, "text, " + PlainText.kind(file), expected);
        }
        if (name.endsWith(".mat")) {
            throw file.fault(-1, "a .mat file of MATLAB", MAT);
        }
    }

    private static boolean isZipOfArrays(String start) {
        return start.startsWith("PK\u0003\u0004")
                && start.length() > ZIP_NAME
                && start.substring(ZIP_NAME).matches("(?s)[ -~]{1,200}?\\.npy.*");
    }

    /** Its first bytes are three, samples may be the same: so the flags and the level of compression count too. */
    private static boolean isGzip(String start) {
        return start.startsWith("\u001f\u008b\b")
                && start.length() > 9
                && start.charAt(3) < 32
                && "\0\u0002\u0004".indexOf(start.charAt(8)) >= 0;
    }
}
