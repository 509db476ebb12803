package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The files that a table of sessions names, so that nothing is written over them. */
public final class TableRecordings {
    private static final String META = ".sigmf-meta";
    private static final String DATA = ".sigmf-data";

    private TableRecordings() {}

    /**
     * Returns the recordings that the rows name, also those of rows that are refused; of a SigMF pair both files. Nothing is opened
     * but the table, and a file need not be there.
     *
     * @param table {@code SESSIONS.csv}
     * @throws DatasetException if the file is no table of sessions
     * @throws IOException if the table cannot be read
     */
    public static List<Path> of(Path table) throws IOException {
        Path folder = table.toAbsolutePath().getParent();
        Set<Path> files = new LinkedHashSet<>();
        try (TableFile lines = TableFile.open(table)) {
            Optional<TableFile.Row> titles = lines.next();
            if (titles.isPresent()) {
                TableHeader header = TableHeader.of(table, titles.get(), Column.NEEDED_OF_UNKNOWN);
                for (Optional<TableFile.Row> row = lines.next(); row.isPresent(); row = lines.next()) {
                    String name = header.values(row.get().cells()).getOrDefault(Column.RECORDING, "");
                    if (!name.isEmpty()) {
                        add(folder, name, files);
                    }
                }
            }
        }
        return List.copyOf(files);
    }

    private static void add(Path folder, String name, Set<Path> files) {
        try {
            files.add(folder.resolve(name));
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(META) || lower.endsWith(DATA)) {
                String stem = name.substring(0, name.length() - META.length());
                files.add(folder.resolve(stem + META));
                files.add(folder.resolve(stem + DATA));
            }
        } catch (InvalidPathException e) {
            return; // no file has that name; reading the table says so
        }
    }
}
