package io.heimdall.dataset;

import io.heimdall.files.DiskFaults;
import io.heimdall.files.UserCache;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Unpacks the driver's native library once, into the user's cache.
 *
 * <p>Left alone, the driver unpacks it at every start, and a killed process leaves its copy behind.
 */
final class SqliteLibrary {
    private static final String PATH_PROPERTY = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Tells the driver where its library is, unless the user has; to be called before its first use.
     *
     * @throws DatasetException if the cache cannot be written
     */
    static synchronized void prepare() {
        if (System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String folder = OSInfo.getNativeLibFolderPathForCurrentOS();
        String resource = "/org/sqlite/native/" + folder + "/" + name;
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library == null) {
                return; // a system that the driver has no library for: it says so itself
            }
            Path directory = UserCache.directory()
                    .resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + folder.replace('/', '-'));
            unpack(library, directory, name);
            System.setProperty(PATH_PROPERTY, directory.toString());
        } catch (IOException e) {
            throw new DatasetException(
                    UserCache.directory().toString(),
                    "cannot unpack SQLite's library into " + UserCache.directory() + ": " + e.getMessage()
                            + "; set XDG_CACHE_HOME to a directory that can be written",
                    e,
                    DiskFaults.mayPass(e));
        }
    }

    private static void unpack(InputStream library, Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        if (Files.isRegularFile(file)) {
            return;
        }
        Files.createDirectories(directory);
        WholeFile.write(file, library::transferTo);
    }
}
