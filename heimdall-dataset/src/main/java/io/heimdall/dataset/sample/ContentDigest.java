package io.heimdall.dataset.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what a recording consists of. */
final class ContentDigest {
    private static final String META = ".sigmf-meta";

    private ContentDigest() {}

    /** Returns the digest of a file, of a SigMF pair's two files if it is the first of them. */
    static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        add(digest, file);
        String name = file.getFileName().toString();
        if (name.endsWith(META)) {
            Path data = file.resolveSibling(name.substring(0, name.length() - META.length()) + ".sigmf-data");
            if (Files.exists(data)) {
                add(digest, data);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
    }
}
