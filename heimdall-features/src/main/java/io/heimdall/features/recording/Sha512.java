package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** SigMF's checksum. */
final class Sha512 {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int SHOWN_DIGITS = 16;
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]+");

    private Sha512() {}

    /** Returns a checksum of metadata; a value that is no row of digits is none, with a warning. */
    static Optional<String> digits(JsonFields fields, String key) {
        Optional<String> stated = fields.text(key).map(String::strip);
        if (stated.isEmpty() || DIGITS.matcher(stated.get()).matches()) {
            return stated;
        }
        fields.warn(key, fields.get(key).get(), "a checksum of hexadecimal digits", "it is not checked");
        return Optional.empty();
    }

    /** Holds a stretch of a file against its stated checksum. */
    static void require(BinaryFile file, Extent extent, String stated) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, extent.bytes()));
        for (long done = 0; done < extent.bytes(); done += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), extent.bytes() - done));
            file.read(extent.position() + done, block);
            digest.update(block.flip());
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(stated.toLowerCase(Locale.ROOT))) {
            throw file.fault(
                    -1,
                    "SHA-512 " + shown(actual),
                    shown(stated) + " as the metadata says: the file was changed, or cut off");
        }
    }

    private static String shown(String hex) {
        return hex.length() <= SHOWN_DIGITS ? hex : hex.substring(0, SHOWN_DIGITS) + "...";
    }
}
