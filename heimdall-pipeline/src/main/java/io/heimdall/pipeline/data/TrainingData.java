package io.heimdall.pipeline.data;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Augmentation;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.List;
import java.util.Map;

/**
 * The data of a training: the approved sessions with their split, and the assembler of the network's input.
 *
 * @param sessions on their sides
 * @param assembler fitted on the training side
 * @param scale of the places that are learned
 * @param origin the model file's metadata on the choice and the split of its sessions
 * @param workers that make samples ahead of the trainer
 * @param warnings for the report: left-out data, and limits of the split
 */
public record TrainingData(
        SplitSessions sessions,
        Assembler assembler,
        PlaneScale scale,
        Map<String, String> origin,
        OrderedWork workers,
        List<String> warnings)
        implements AutoCloseable {

    /**
     * Reads the catalogue, computes what features are missing, splits, and fits the input.
     *
     * @param producer of the input
     * @throws IllegalArgumentException if the settings' filter names what the catalogue does not have
     * @throws PipelineException if there is nothing to learn from, or too little
     */
    public static TrainingData load(
            SessionSource source, DataSettings settings, Producer producer, PipelineListener listener) {
        return whole(SessionPool.read(source, settings, producer, listener));
    }

    private static TrainingData whole(SessionPool pool) {
        SplitSessions split =
                SplitSessions.all(pool.pass().sessions(), pool.rule()).get(0);
        PlaneScale scale = pool.scale(split.training());
        return of(pool, split, pool.fit(split.training(), scale), scale);
    }

    /**
     * Returns the data of the members of an ensemble, which share one input: its units are those of all sessions, and its stations
     * those that every member learns from. Others are to all of them what a station never seen is.
     */
    static List<TrainingData> members(SessionPool pool) {
        List<SplitSessions> splits = SplitSessions.ofFolds(pool.pass().sessions(), (FoldRule) pool.rule());
        List<Session> common = pool.common(splits);
        PlaneScale scale = pool.scale(pool.pass().sessions());
        Assembler assembler = pool.fit(common, scale);
        return splits.stream().map(split -> of(pool, split, assembler, scale)).toList();
    }

    private static TrainingData of(SessionPool pool, SplitSessions split, Assembler assembler, PlaneScale scale) {
        return new TrainingData(
                split,
                assembler,
                scale,
                pool.origin(),
                new OrderedWork("sample-loader", pool.settings().threads()),
                pool.warnings());
    }

    /**
     * Returns how the catalogue's sessions are split, recordings that cannot be read included: once, or once for each member of
     * an ensemble.
     *
     * @throws IllegalArgumentException as {@link #load} does
     * @throws PipelineException as {@link #load} does
     */
    public static List<SplitSessions> splits(RecordingCatalog catalog, DataSettings settings, Producer producer) {
        Selection selection = Selection.of(catalog, settings.filter());
        List<Session> approved = selection.taken(producer);
        return SplitSessions.all(
                approved, SessionPool.choice(approved, settings, selection).rule());
    }

    /**
     * Returns the samples of sessions, for the trainer.
     *
     * @param augmentation of each sample; {@link Augmentation#NONE} for validation
     */
    public SessionSamples samples(List<Session> some, Augmentation augmentation) {
        return new SessionSamples(observations(some), assembler, workers, scale, augmentation);
    }

    /** Returns this data, of which no more is made than a network reads. */
    public TrainingData reading(NetworkSpec network) {
        return new TrainingData(sessions, assembler.reading(network), scale, origin, workers, warnings);
    }

    /** Returns this data for a model whose input and units are given. */
    public TrainingData as(Assembler other, PlaneScale units) {
        return new TrainingData(sessions, other, units, origin, workers, warnings);
    }

    /** Returns the rows of sessions. */
    public List<Observation> observations(List<Session> some) {
        return some.stream()
                .flatMap(session -> assembler.observations(session).stream())
                .toList();
    }

    /** Stops the workers. */
    @Override
    public void close() {
        workers.close();
    }
}
