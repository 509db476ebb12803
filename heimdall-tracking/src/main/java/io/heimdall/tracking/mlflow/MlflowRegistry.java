package io.heimdall.tracking.mlflow;

import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RefusedException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.mlflow.api.proto.ModelRegistry;
import org.mlflow_project.google.protobuf.Message;

/** The registered models of an MLflow server. */
public final class MlflowRegistry {
    /** Tag that names the registration which a version was made by: an id that no other one has. */
    private static final String ORIGIN = "heimdall.version";

    /** Stands before the name of a run's artifact in an address. */
    private static final String ARTIFACTS = "/artifacts/";

    private static final int PAGE = 1000;

    private final MlflowServer server;

    public MlflowRegistry(MlflowServer server) {
        this.server = server;
    }

    /**
     * Registers the next version, or finds the one that was registered from the same origin.
     *
     * @param source the artifact's whole address
     * @param fresh whether it cannot have been made before; then it is looked for only after a fault
     */
    public ModelVersion add(String name, String run, String source, String origin, boolean fresh) {
        ensureModel(name);
        ModelRegistry.CreateModelVersion request = ModelRegistry.CreateModelVersion.newBuilder()
                .setName(name)
                .setRunId(run)
                .setSource(source)
                .addTags(ModelRegistry.ModelVersionTag.newBuilder()
                        .setKey(ORIGIN)
                        .setValue(origin))
                .build();
        return server.persist("model-versions/create", again -> {
            List<ModelRegistry.ModelVersion> former = again || !fresh ? madeFrom(name, origin) : List.of();
            // A request that was given up can still have been carried out: what is more than one goes.
            for (ModelRegistry.ModelVersion surplus : former.subList(Math.min(1, former.size()), former.size())) {
                server.connection()
                        .delete(
                                "model-versions/delete",
                                ModelRegistry.DeleteModelVersion.newBuilder()
                                        .setName(name)
                                        .setVersion(surplus.getVersion())
                                        .build(),
                                ModelRegistry.DeleteModelVersion.Response.newBuilder());
            }
            return version(
                    former.isEmpty()
                            ? server.connection()
                                    .post(
                                            "model-versions/create",
                                            request,
                                            ModelRegistry.CreateModelVersion.Response.newBuilder())
                                    .getModelVersion()
                            : former.get(0),
                    Set.of());
        });
    }

    private void ensureModel(String name) {
        server.persist("registered-models/create", again -> {
            try {
                return server.connection()
                        .post(
                                "registered-models/create",
                                ModelRegistry.CreateRegisteredModel.newBuilder()
                                        .setName(name)
                                        .build(),
                                ModelRegistry.CreateRegisteredModel.Response.newBuilder());
            } catch (RefusedException e) {
                if (e.is("RESOURCE_ALREADY_EXISTS")) {
                    return null;
                }
                throw e;
            }
        });
    }

    public void alias(String name, String alias, int version) {
        requireVersion(name, version);
        server.post(
                "registered-models/alias",
                ModelRegistry.SetRegisteredModelAlias.newBuilder()
                        .setName(name)
                        .setAlias(alias)
                        .setVersion(Integer.toString(version))
                        .build(),
                ModelRegistry.SetRegisteredModelAlias.Response.newBuilder());
    }

    void move(String name, AliasMove move) {
        move.checkBegins(name, pointedAt(name, move.alias()));
        tag(name, move.to(), move.tags());
        if (move.from().isPresent()) {
            alias(name, move.former(), move.from().getAsInt());
        }
        alias(name, move.alias(), move.to());
        OptionalInt now = pointedAt(name, move.alias());
        if (!now.equals(OptionalInt.of(move.to()))) {
            throw move.conflict(name, now, "version " + move.to());
        }
    }

    private OptionalInt pointedAt(String name, String alias) {
        return versions(name).stream()
                .filter(version -> version.aliases().contains(alias))
                .mapToInt(ModelVersion::version)
                .findFirst();
    }

    /** Sets tags of a version. */
    public void tag(String name, int version, Map<String, String> tags) {
        requireVersion(name, version);
        tags.forEach((key, value) -> server.post(
                "model-versions/set-tag",
                ModelRegistry.SetModelVersionTag.newBuilder()
                        .setName(name)
                        .setVersion(Integer.toString(version))
                        .setKey(key)
                        .setValue(value)
                        .build(),
                ModelRegistry.SetModelVersionTag.Response.newBuilder()));
    }

    private void requireVersion(String name, int version) {
        List<Integer> there = versions(name).stream().map(ModelVersion::version).toList();
        if (!there.contains(version)) {
            throw new TrackingException("model " + name + " has no version " + version + ", only " + there);
        }
    }

    public List<ModelVersion> versions(String name) {
        Map<String, Set<String>> aliases = new HashMap<>();
        try {
            server.get(
                            "registered-models/get",
                            ModelRegistry.GetRegisteredModel.newBuilder()
                                    .setName(name)
                                    .build(),
                            ModelRegistry.GetRegisteredModel.Response.newBuilder())
                    .getRegisteredModel()
                    .getAliasesList()
                    .forEach(alias -> aliases.computeIfAbsent(alias.getVersion(), v -> new HashSet<>())
                            .add(alias.getAlias()));
        } catch (RefusedException e) {
            if (e.is("RESOURCE_DOES_NOT_EXIST")) {
                return List.of();
            }
            throw e;
        }
        return server.persist("model-versions/search", again -> search(name)).stream()
                .map(found -> version(found, aliases.getOrDefault(found.getVersion(), Set.of())))
                .toList();
    }

    private List<ModelRegistry.ModelVersion> madeFrom(String name, String origin)
            throws IOException, InterruptedException {
        return search(name).stream()
                .filter(found -> found.getTagsList().stream()
                        .anyMatch(tag ->
                                tag.getKey().equals(ORIGIN) && tag.getValue().equals(origin)))
                .toList();
    }

    /** Returns the versions of a model in their order. */
    private List<ModelRegistry.ModelVersion> search(String name) throws IOException, InterruptedException {
        List<ModelRegistry.ModelVersion> versions = new ArrayList<>();
        String page = "";
        do {
            Message query = ModelRegistry.SearchModelVersions.newBuilder()
                    .setFilter("name='" + name + "'")
                    .setMaxResults(PAGE)
                    .setPageToken(page)
                    .build();
            var answer = server.connection()
                    .get("model-versions/search", query, ModelRegistry.SearchModelVersions.Response.newBuilder());
            versions.addAll(answer.getModelVersionsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        versions.sort(Comparator.comparingInt(version -> Integer.parseInt(version.getVersion())));
        return versions;
    }

    /** Returns the tags but for the one that this class keeps for itself. */
    private static Map<String, String> tags(ModelRegistry.ModelVersion found) {
        Map<String, String> tags = new TreeMap<>();
        found.getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        tags.remove(ORIGIN);
        return tags;
    }

    private static ModelVersion version(ModelRegistry.ModelVersion found, Set<String> aliases) {
        String source = found.getSource();
        int artifacts = source.lastIndexOf(ARTIFACTS);
        return new ModelVersion(
                found.getName(),
                Integer.parseInt(found.getVersion()),
                found.getRunId(),
                artifacts < 0 ? source : source.substring(artifacts + ARTIFACTS.length()),
                Instant.ofEpochMilli(found.getCreationTimestamp()),
                aliases,
                tags(found));
    }
}
