package io.heimdall.dataset.sample;

import io.heimdall.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of what a recording consists of, and how its files looked when they were read.
 *
 * @param hex the digest of the bytes of its files, one after the other
 * @param looks what a file that was replaced shows in the directory
 */
record ContentDigest(String hex, List<Object> looks) {

    /** Reads a recording's files. */
    static ContentDigest of(List<Path> files) throws IOException {
        List<Object> looks = looks(files);
        MessageDigest digest = Sha256.digest();
        for (Path file : files) {
            add(digest, file);
        }
        return new ContentDigest(HexFormat.of().formatHex(digest.digest()), looks);
    }

    /** Whether the files are still those that were read, and there. */
    boolean isOf(List<Path> files) throws IOException {
        try {
            return looks.equals(looks(files));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private static List<Object> looks(List<Path> files) throws IOException {
        List<Object> looks = new ArrayList<>();
        for (Path part : files) {
            BasicFileAttributes seen = Files.readAttributes(part, BasicFileAttributes.class);
            if (!seen.isRegularFile()) {
                throw new NoSuchFileException(part.toString(), null, "is no plain file");
            }
            looks.add(part);
            looks.add(seen.size());
            looks.add(seen.lastModifiedTime());
            looks.add(String.valueOf(seen.fileKey()));
        }
        return looks;
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
