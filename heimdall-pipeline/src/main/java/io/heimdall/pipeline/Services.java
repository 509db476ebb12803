package io.heimdall.pipeline;

import io.heimdall.dataset.ModelCatalog;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.ObjectStore;
import io.heimdall.simulation.World;
import io.heimdall.simulation.WorldFile;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ports of an opened workspace. The program that opens it passes on {@link #sessions()}, {@link #destination()} and {@link
 * #working()}, and closes it.
 *
 * @param catalog of the sessions
 * @param objects recordings, and the models that come of them
 * @param tracker of runs and model versions
 * @param directory for checkpoints, and for features unless they are elsewhere
 * @param features that are computed already; closed with these services
 * @param world of the sessions, if they are simulated
 * @param models the table of models for other services of Heimdall, if there is one
 * @param closing closes the resources that were opened for these services
 */
public record Services(
        RecordingCatalog catalog,
        ObjectStore objects,
        Tracker tracker,
        Path directory,
        FeatureCache features,
        Optional<World> world,
        Optional<ModelCatalog> models,
        Runnable closing)
        implements AutoCloseable {

    /**
     * Returns the services of a workspace, with MLflow's file store in its folder {@code mlruns}.
     *
     * @throws IOException if the workspace cannot be read
     */
    public static Services of(Workspace workspace) throws IOException {
        return new Services(
                workspace.catalog(),
                workspace.objects(),
                FileStoreTracker.open(store(workspace)),
                workspace.directory(),
                new FeatureCache(new WorkingDirectory(workspace.directory()).featureCache()),
                WorldFile.of(workspace),
                Optional.empty(),
                () -> {});
    }

    /**
     * Returns these services with another catalogue and object store, which hold recorded sessions.
     *
     * @param leaving closes them; called before what these services close
     */
    public Services withCatalog(
            RecordingCatalog other, ObjectStore recordings, ModelCatalog results, Runnable leaving) {
        return new Services(
                other,
                recordings,
                tracker,
                directory,
                features,
                Optional.empty(),
                Optional.of(results),
                before(leaving));
    }

    /**
     * Returns these services with another tracker.
     *
     * @param leaving closes it; called before what these services close
     */
    public Services withTracker(Tracker other, Runnable leaving) {
        return new Services(catalog, objects, other, directory, features, world, models, before(leaving));
    }

    /**
     * Returns these services with another store of features.
     *
     * @param leaving closes what is below it; called before what these services close
     */
    public Services withFeatures(FeatureCache other, Runnable leaving) {
        return new Services(catalog, objects, tracker, directory, other, world, models, before(leaving));
    }

    private Runnable before(Runnable leaving) {
        return () -> {
            try {
                leaving.run();
            } finally {
                closing.run();
            }
        };
    }

    /** Returns where a workspace keeps its runs. */
    public static Path store(Workspace workspace) {
        return workspace.directory().resolve("mlruns");
    }

    /** Leaves what was opened for these services, a tracker after it has had a while to send what was recorded; the workspace stays open. */
    @Override
    public void close() {
        try {
            features.close();
        } finally {
            closing.run();
        }
    }

    /** Returns where sessions come from. */
    public SessionSource sessions() {
        return new SessionSource(catalog, objects, features, world);
    }

    /** Returns where models go. */
    public ModelDestination destination() {
        return new ModelDestination(tracker, objects, models);
    }

    /** Returns where what is under way is kept. */
    public WorkingDirectory working() {
        return new WorkingDirectory(directory);
    }

    /** Returns where computed features are kept, unless they are elsewhere; may be deleted at any time. */
    public Path featureCache() {
        return working().featureCache();
    }

    /** Returns where trainings keep their checkpoints and reports, a folder each. */
    public Path trainings() {
        return working().trainings();
    }
}
