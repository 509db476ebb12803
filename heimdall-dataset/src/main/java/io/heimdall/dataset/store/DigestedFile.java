package io.heimdall.dataset.store;

import io.heimdall.files.Sha256;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Adds files that are named by their content to a store. */
final class DigestedFile {

    private DigestedFile() {}

    /**
     * Writes a file aside, and publishes it.
     *
     * @param name the name of the file that has an id
     * @return the id: SHA-256 of the content, hexadecimal
     */
    static String publish(ShardFiles files, UnaryOperator<String> name, WholeFile.Content content) throws IOException {
        Path aside = files.aside();
        try {
            MessageDigest digest = Sha256.digest();
            WholeFile.forced(aside, out -> content.writeTo(new DigestOutputStream(out, digest)));
            String id = HexFormat.of().formatHex(digest.digest());
            files.publish(name.apply(id), aside);
            return id;
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
