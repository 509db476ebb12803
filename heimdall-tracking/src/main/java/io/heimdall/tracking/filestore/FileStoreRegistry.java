package io.heimdall.tracking.filestore;

import static io.heimdall.tracking.filestore.StoreFiles.META;

import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RecordFormatException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The registered models of a file store: {@code models/<name>/version-<n>} and {@code models/<name>/aliases/<alias>}. */
final class FileStoreRegistry {
    /** Stands before the name of a run's artifact in an address; what is before it changes when a store is moved. */
    private static final String ARTIFACTS = "/artifacts/";

    private static final String TAGS = "tags";

    private final Path root;

    FileStoreRegistry(Path root) {
        this.root = root.resolve("models");
    }

    List<String> models() throws IOException {
        return StoreFiles.described(root).stream()
                .map(model -> model.getFileName().toString())
                .toList();
    }

    Path directory(String model) {
        return root.resolve(model);
    }

    ModelVersion add(String name, String runId, String artifact, Path source) throws IOException {
        Path model = Files.createDirectories(root.resolve(name));
        long now = Instant.now().toEpochMilli();
        int version =
                versions(name).stream().mapToInt(ModelVersion::version).max().orElse(0) + 1;
        writeModel(model, name, now);
        String uri = source.toUri().toString().replaceAll("/$", "");
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("creation_timestamp", now);
        meta.put("current_stage", "None");
        meta.put("description", "");
        meta.put("last_updated_timestamp", now);
        meta.put("name", name);
        meta.put("run_id", runId);
        meta.put("run_link", "");
        meta.put("source", uri);
        meta.put("status", "READY");
        meta.put("status_message", "");
        meta.put("storage_location", uri);
        meta.put("user_id", System.getProperty("user.name", "unknown"));
        meta.put("version", version);
        Path directory = Files.createDirectories(model.resolve("version-" + version));
        StoreFiles.writeYaml(directory.resolve(META), meta);
        return new ModelVersion(name, version, runId, artifact, Instant.ofEpochMilli(now), Set.of());
    }

    private static void writeModel(Path model, String name, long now) throws IOException {
        Path file = model.resolve(META);
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("creation_timestamp", now);
        meta.put("description", "");
        meta.put("name", name);
        if (Files.isRegularFile(file)) {
            meta.putAll(StoreFiles.readYaml(file));
        }
        meta.put("last_updated_timestamp", now);
        StoreFiles.writeYaml(file, meta);
    }

    /** Checks that what is there of a model can be read, and that more of it can be written. */
    void check(String name) throws IOException {
        versions(name);
        Path there = root.resolve(name);
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new NotDirectoryException(there.toString());
        }
        Files.delete(Files.createTempFile(there, ".check", null));
    }

    Path alias(String name, String alias, int version) throws IOException {
        Path model = version(name, version).getParent();
        Path file = model.resolve("aliases").resolve(alias);
        StoreFiles.write(file, model, Integer.toString(version));
        return file;
    }

    /** Moves an alias; for one that has the store to itself. */
    void move(String name, AliasMove move) throws IOException {
        Optional<ModelVersion> now = versions(name).stream()
                .filter(version -> version.aliases().contains(move.alias()))
                .findFirst();
        move.checkBegins(
                name, now.map(version -> OptionalInt.of(version.version())).orElse(OptionalInt.empty()));
        tag(name, move.to(), move.tags());
        if (move.from().isPresent()) {
            alias(name, move.former(), move.from().getAsInt());
        }
        alias(name, move.alias(), move.to());
    }

    /** Sets tags of a version; for one that has the store to itself. */
    void tag(String name, int version, Map<String, String> tags) throws IOException {
        Path directory = version(name, version);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            StoreFiles.write(directory.resolve(TAGS).resolve(tag.getKey()), directory, tag.getValue());
        }
    }

    private Path version(String name, int version) throws IOException {
        Path directory = root.resolve(name).resolve("version-" + version);
        if (!Files.isRegularFile(directory.resolve(META))) {
            throw new TrackingException("model " + name + " has no version " + version + ", only "
                    + versions(name).stream().map(ModelVersion::version).toList());
        }
        return directory;
    }

    List<ModelVersion> versions(String name) throws IOException {
        List<ModelVersion> versions = new ArrayList<>();
        Path model = root.resolve(name);
        // Read once for all versions: an alias that moves meanwhile is of one of them, and never of none.
        Map<String, String> aliases = aliases(model);
        for (Path directory : StoreFiles.described(model)) {
            if (directory.getFileName().toString().startsWith("version-")) {
                versions.add(read(model, directory.resolve(META), aliases));
            }
        }
        versions.sort(Comparator.comparingInt(ModelVersion::version));
        return versions;
    }

    private static ModelVersion read(Path model, Path file, Map<String, String> aliases) throws IOException {
        Map<String, Object> meta = StoreFiles.readYaml(file);
        String uri = String.valueOf(meta.get("source"));
        String source = uri.startsWith("file:") ? path(file, uri) : uri;
        if (!(meta.get("version") instanceof Number version)
                || !(meta.get("creation_timestamp") instanceof Number created)) {
            throw new RecordFormatException(
                    file,
                    "",
                    "version '" + meta.get("version") + "' and creation_timestamp '" + meta.get("creation_timestamp")
                            + "' are not both numbers",
                    null);
        }
        return new ModelVersion(
                model.getFileName().toString(),
                version.intValue(),
                String.valueOf(meta.get("run_id")),
                source.substring(source.lastIndexOf(ARTIFACTS) + ARTIFACTS.length()),
                Instant.ofEpochMilli(created.longValue()),
                aliases.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(Integer.toString(version.intValue())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new)),
                tags(file.resolveSibling(TAGS)));
    }

    private static Map<String, String> tags(Path directory) throws IOException {
        Map<String, String> tags = new TreeMap<>();
        for (Path file : StoreFiles.files(directory)) {
            tags.put(directory.relativize(file).toString(), Files.readString(file));
        }
        return tags;
    }

    /** Returns the path of an address, in which a space is written as {@code %20}. */
    private static String path(Path file, String uri) throws IOException {
        try {
            return new URI(uri).getPath();
        } catch (URISyntaxException e) {
            throw new RecordFormatException(file, "", "source '" + uri + "' is not an address", e);
        }
    }

    /** Returns the version of each alias, as it is written. */
    private static Map<String, String> aliases(Path model) throws IOException {
        Map<String, String> aliases = new TreeMap<>();
        for (Path file : StoreFiles.files(model.resolve("aliases"))) {
            aliases.put(file.getFileName().toString(), Files.readString(file).strip());
        }
        return aliases;
    }
}
