package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.input.Producer;
import java.util.List;

/**
 * The training data of an ensemble's members: the approved sessions, read once, and each member's split of them.
 *
 * @param rule of the folds
 * @param sessions all of them
 * @param members in the order of their folds; they share assembler and scale
 */
public record FoldData(FoldRule rule, List<Session> sessions, List<TrainingData> members) implements AutoCloseable {

    /** Copies the lists. */
    public FoldData {
        sessions = List.copyOf(sessions);
        members = List.copyOf(members);
    }

    /**
     * Reads the catalogue, computes what features are missing, splits, and fits the input.
     *
     * @param settings with a number of folds
     * @throws IllegalArgumentException as {@link TrainingData#load} does
     * @throws io.heimdall.pipeline.PipelineException as {@link TrainingData#load} does
     */
    public static FoldData load(
            SessionSource source, DataSettings settings, Producer producer, PipelineListener listener) {
        SessionPool pool = SessionPool.read(source, settings, producer, listener);
        return new FoldData((FoldRule) pool.rule(), pool.pass().sessions(), TrainingData.members(pool));
    }

    /** Returns this data, of which no more is made than a network reads. */
    public FoldData reading(NetworkSpec network) {
        return new FoldData(
                rule,
                sessions,
                members.stream().map(member -> member.reading(network)).toList());
    }

    /** Stops the workers of all members. */
    @Override
    public void close() {
        members.forEach(TrainingData::close);
    }
}
