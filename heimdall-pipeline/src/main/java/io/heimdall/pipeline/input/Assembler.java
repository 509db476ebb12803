package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.MeasuredFeatures;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a model's input from sessions: the tensors that a model file reads, and those that the network reads.
 *
 * <p>Tensors of one observation have no batch axis. Thread-safe.
 */
public interface Assembler {

    /** Returns what the model takes and the network reads. */
    InputSpec input();

    /** Returns this assembler, which makes no more than a network reads. */
    default Assembler reading(NetworkSpec network) {
        return this;
    }

    /** Returns the stations that the model knows; empty if it takes any. */
    List<String> stations();

    /** Returns the observations of a session: none if no station that the model knows heard it. */
    List<Observation> observations(Session session);

    /**
     * Returns what a model file takes of an observation, by name.
     *
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    Map<String, FloatTensor> given(Observation observation);

    /**
     * Returns what a network learns from, by name: the tensors that it reads, varied at random.
     *
     * @param augmentation what is varied
     * @param seed of all draws
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    Map<String, FloatTensor> learned(Observation observation, Augmentation augmentation, long seed);

    /**
     * Fits a world to recorded observations, and returns sessions of that world as samples: ever others in each epoch.
     *
     * @param training what the world is fitted to
     * @param origin text that is the same for the same of all that the world follows from
     * @param workers that draw ahead of the trainer
     * @param groupBy of which groups sessions are not independent of one another
     * @param size sessions of an epoch
     * @param seed of the fit
     * @return empty if there is no world in which such samples could be drawn
     * @throws io.heimdall.pipeline.PipelineException if the observations show no law; the message says why
     */
    default Optional<SimulatedSource> simulated(
            List<Observation> training, String origin, OrderedWork workers, GroupBy groupBy, int size, long seed) {
        return Optional.empty();
    }

    /** Returns how the spectrograms that a network learns from are read; empty where none are read in each epoch. */
    default Optional<Spectrograms> spectrograms() {
        return Optional.empty();
    }

    /**
     * How an assembler reads spectrograms, for one that reads them ahead.
     *
     * @param features where it reads them
     * @param recordings those that it reads for an observation
     * @param from the same assembler, which reads them elsewhere
     */
    record Spectrograms(
            RecordingFeatures features,
            Function<Observation, List<Measurement>> recordings,
            Function<MeasuredFeatures, Assembler> from) {}

    /** Returns text that is the same for observations of the same data only. */
    String fingerprint(Observation observation);

    /** Returns text that is the same for assemblers that make the same of an observation only. */
    String fingerprint();
}
