package io.heimdall.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A directory with all data of one project: catalogue, objects, caches and trainings.
 *
 * <pre>
 * workspace.json   the format's version
 * catalog.sqlite   the catalogue
 * objects/         bucket/key
 * cache/           may be deleted at any time
 * </pre>
 *
 * <p>Safe for use by several threads.
 */
public final class Workspace implements AutoCloseable {

    /** The newest format that this release reads and the one that it writes. */
    public static final int FORMAT = 1;

    private static final String MARKER = "workspace.json";

    private final Path directory;
    private final RecordingCatalog catalog;
    private final ObjectStore objects;

    private Workspace(Path directory) throws IOException {
        this.directory = directory;
        this.objects = DirectoryObjectStore.open(directory.resolve("objects"));
        this.catalog = SqliteCatalog.open(directory.resolve("catalog.sqlite"));
    }

    /**
     * Makes a new workspace.
     *
     * @param directory missing, or an empty directory
     * @return the open workspace
     * @throws IOException if it cannot be written
     * @throws DatasetException if something is there already
     */
    public static Workspace create(Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        if (Files.exists(root.resolve(MARKER))) {
            throw new DatasetException(root + " is a workspace already");
        }
        if (Files.exists(root) && !isEmptyDirectory(root)) {
            throw new DatasetException(root + " is not empty and not a workspace; name a new or an empty directory");
        }
        Files.createDirectories(root);
        WholeFile.write(root.resolve(MARKER), "{\"format\": " + FORMAT + "}\n");
        return new Workspace(root);
    }

    /**
     * Opens a workspace.
     *
     * @param directory where it is
     * @return the open workspace
     * @throws IOException if it cannot be read
     * @throws DatasetException if there is none, or it was written by a newer release
     */
    public static Workspace open(Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        if (!Files.exists(root.resolve(MARKER))) {
            throw new DatasetException("there is no workspace in " + root
                    + "; 'heimdall demo', 'heimdall simulate' and 'heimdall ingest' make one");
        }
        int format = format(root.resolve(MARKER));
        if (format > FORMAT) {
            throw new DatasetException("the workspace " + root + " has format " + format
                    + ", this release reads formats up to " + FORMAT + "; use the newer release that wrote it");
        }
        return new Workspace(root);
    }

    /**
     * Opens a workspace, or makes it where there is none.
     *
     * @param directory where it is or will be
     * @return the open workspace
     * @throws IOException if it cannot be read or written
     * @throws DatasetException as {@link #open} and {@link #create}
     */
    public static Workspace openOrCreate(Path directory) throws IOException {
        return Files.exists(directory.resolve(MARKER)) ? open(directory) : create(directory);
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> content = Files.list(directory)) {
            // A marker that a killed process left aside does not count.
            return content.allMatch(WholeFile::isPart);
        }
    }

    private static int format(Path marker) throws IOException {
        try {
            JsonNode format =
                    new ObjectMapper().readTree(Files.readString(marker)).path("format");
            if (format.isInt() && format.intValue() > 0) {
                return format.intValue();
            }
        } catch (JsonProcessingException e) {
            throw new DatasetException(marker + " is damaged: it is not JSON; expected {\"format\": 1}", e);
        }
        throw new DatasetException(marker + " is damaged: it has no format number; expected {\"format\": 1}");
    }

    /** Returns whether its sessions are simulated: of a world that {@link #worldFile} describes, or like those of another one. */
    public boolean isSimulated() {
        return Files.exists(worldFile()) || Files.exists(likeFile());
    }

    /** Returns where it is written down which workspace's sessions the simulated ones are like. */
    public Path likeFile() {
        return directory.resolve("like.json");
    }

    /** Returns where the world of simulated sessions is described. */
    public Path worldFile() {
        return directory.resolve("world.json");
    }

    /**
     * Returns the catalogue.
     *
     * @return open until the workspace is closed
     */
    public RecordingCatalog catalog() {
        return catalog;
    }

    /**
     * Returns the object store.
     *
     * @return in the folder {@code objects}
     */
    public ObjectStore objects() {
        return objects;
    }

    /**
     * Returns where the workspace is.
     *
     * @return an absolute path
     */
    public Path directory() {
        return directory;
    }

    /** Closes the catalogue; safe to call twice. */
    @Override
    public void close() {
        catalog.close();
    }
}
