package io.heimdall.dataset.store;

import io.heimdall.files.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/** Writes files that are named by their content. */
final class DigestedFile {

    private DigestedFile() {}

    /** Something that writes a file's content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a new file and forces it to the disk; returns the SHA-256 of its content, hexadecimal. */
    static String write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            DigestOutputStream digested = new DigestOutputStream(Channels.newOutputStream(channel), Sha256.digest());
            OutputStream out = new BufferedOutputStream(digested, 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        }
    }
}
