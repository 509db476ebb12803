package io.heimdall.pipeline.input;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.PlaneScale;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A kind of input that networks name.
 *
 * <p>Another producer is added as a service of this type. Thread-safe.
 */
public interface Producer {

    /** Returns the name: {@code stations}. */
    String id();

    /** Returns the kinds of measurement that the input shows, in words: {@code recordings}. */
    default String wanted() {
        return "recordings, levels and bearings";
    }

    /** Returns whether a session has something for the input to show. */
    default boolean takes(Session session) {
        return session.isHeard();
    }

    /** Returns how many rows the training sessions give. */
    long rows(List<Session> training);

    /** Returns whether a network for this input reads spectrograms in each of its epochs. */
    default boolean readsSpectrograms(NetworkSpec network) {
        return true;
    }

    /** Returns an input of the smallest size, to look at a network before there are sessions. */
    InputSpec example();

    /**
     * Returns the input that a number of known stations makes, to look at a network before there are sessions.
     *
     * @param stations at least 1
     */
    default InputSpec example(int stations) {
        return example();
    }

    /** Returns a number that a client may give, for comparisons where there are no recordings at hand. */
    default float plausible(TensorSpec given, Random random) {
        return given.type() == TensorSpec.Type.FLOAT ? (float) (-60 + 20 * random.nextGaussian()) : 1;
    }

    /** Returns the units in which places are learned, of the plane that was fitted on them. */
    default PlaneScale scale(PlaneScale fitted) {
        return fitted;
    }

    /**
     * Fits an assembler on what is learned from.
     *
     * @param training the sessions of the training split
     * @param statistics of their features, decibels
     * @param scale of the places that are learned
     * @param features of recordings
     */
    Assembler fit(List<Session> training, RunningStatistics statistics, PlaneScale scale, RecordingFeatures features);

    /**
     * Checks that sessions can be simulated after training sessions, as far as their features do not matter.
     *
     * @throws io.heimdall.pipeline.PipelineException if not; the message says why
     */
    default void checkSimulated(List<Session> training) {}

    /**
     * Makes the assembler of a model again.
     *
     * @param parameters that the model keeps
     * @param recordings gives the features of recordings for their parameters
     * @throws IllegalArgumentException if a parameter is missing, or of a release that this one does not know
     */
    Assembler restore(Map<String, String> parameters, FeatureSource recordings);

    /** Where the features of recordings come from. */
    interface FeatureSource {
        /** Returns the features of recordings for parameters. */
        RecordingFeatures with(FeatureParameters parameters);
    }
}
