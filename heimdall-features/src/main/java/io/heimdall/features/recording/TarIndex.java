package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the plain files in a tar archive (ustar, GNU, pax) without unpacking it. */
final class TarIndex {
    private static final int BLOCK = 512;
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_NAME_BYTES = 1 << 16;

    /**
     * One file.
     *
     * @param name its path within the archive
     * @param position its first byte within the archive
     * @param bytes its length
     */
    record Entry(String name, long position, long bytes) {}

    private final BinaryFile file;
    private final Warnings warnings;
    private final List<Entry> entries = new ArrayList<>();
    private String longName;
    private long longSize = -1;

    private TarIndex(BinaryFile file, Warnings warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /** Lists an archive's files. */
    static List<Entry> read(BinaryFile file, Warnings warnings) throws IOException {
        TarIndex index = new TarIndex(file, warnings);
        index.walk();
        return index.entries;
    }

    private void walk() throws IOException {
        long position = 0;
        // An archive ends with a block of zeros; some programs leave it out.
        for (int i = 0; position < file.length() && file.u8(position) != 0; i++) {
            if (i == MAX_ENTRIES) {
                throw file.fault(position, "more than " + MAX_ENTRIES + " entries", "an archive of one recording");
            }
            requireChecksum(position);
            char type = (char) file.u8(position + 156);
            boolean extension = type == 'x' || type == 'L';
            long size = !extension && longSize >= 0 ? longSize : number(position + 124, 12);
            long body = position + BLOCK;
            boolean isFile = type == '0' || type == 0;
            if (isFile && size > file.length() - body) {
                cutOff(name(position), body, size);
                return;
            }
            if (size < 0 || size > file.length() - body) {
                throw file.fault(
                        position + 124,
                        "an entry of " + size + " bytes",
                        "at most the " + (file.length() - body) + " that the file has from there: it is cut off");
            }
            if (extension) {
                extend(type, body, size);
            } else if (type != 'g') {
                if (isFile) {
                    entries.add(new Entry(name(position), body, size));
                }
                longName = null;
                longSize = -1;
            }
            position = body + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
    }

    /** The last file of an archive that is cut off is there in part. */
    private void cutOff(String name, long body, long size) {
        long there = file.length() - body;
        entries.add(new Entry(name, body, there));
        warnings.add("the archive is cut off within " + Shown.value(name) + ": " + there + " of its " + size
                + " bytes are there and are read");
    }

    private void requireChecksum(long position) throws IOException {
        byte[] block = file.bytes(position, BLOCK);
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        boolean isNumber = text(position + 148, 8).matches("[0-7 \\x00]*");
        long stated = isNumber ? number(position + 148, 8) : -1;
        if (sum != stated) {
            throw position == 0
                    ? file.fault(0, "other bytes", "a tar archive, which a .sigmf file is")
                    : file.fault(
                            position, "an entry that its checksum does not agree with", "an undamaged tar archive");
        }
    }

    private void extend(char type, long body, long size) throws IOException {
        if (size > MAX_NAME_BYTES) {
            throw file.fault(body, "an extended header of " + size + " bytes", "at most " + MAX_NAME_BYTES);
        }
        String text = new String(file.bytes(body, (int) size), StandardCharsets.UTF_8);
        if (type == 'L') {
            longName = untilNul(text);
            return;
        }
        // Lines "<length> <key>=<value>"; only two keys matter, and their values hold no line ends here.
        for (String line : text.split("\n")) {
            String pair = line.substring(line.indexOf(' ') + 1);
            if (pair.startsWith("path=")) {
                longName = pair.substring(5);
            } else if (pair.startsWith("size=")) {
                if (!pair.matches("size=\\d{1,18}")) {
                    throw file.fault(body, pair, "size= and a number: an undamaged tar archive");
                }
                longSize = Long.parseLong(pair.substring(5));
            }
        }
    }

    private String name(long position) throws IOException {
        if (longName != null) {
            return longName;
        }
        String name = untilNul(text(position, 100));
        boolean posix = text(position + 257, 6).equals("ustar\0");
        String prefix = posix ? untilNul(text(position + 345, 155)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Reads an octal number, or a large one that its first bit marks as binary. */
    private long number(long position, int bytes) throws IOException {
        if ((file.u8(position) & 0x80) != 0) {
            long value = 0;
            for (int i = bytes - 8; i < bytes; i++) {
                value = value << 8 | file.u8(position + i);
            }
            return value;
        }
        String digits = untilNul(text(position, bytes)).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw file.fault(position, "'" + digits + "' in the place of a number", "an undamaged tar archive");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private String text(long position, int bytes) throws IOException {
        return new String(file.bytes(position, bytes), StandardCharsets.UTF_8);
    }

    private static String untilNul(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
