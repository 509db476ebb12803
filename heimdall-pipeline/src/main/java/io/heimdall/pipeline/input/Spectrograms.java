package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.sample.MeasuredFeatures;
import io.heimdall.dataset.sample.RecordingFeatures;
import java.util.List;
import java.util.function.Function;

/**
 * How an assembler reads spectrograms, for one that reads them ahead.
 *
 * @param features where it reads them
 * @param recordings those that it reads for an observation
 * @param from the same assembler, which reads them elsewhere
 */
public record Spectrograms(
        RecordingFeatures features,
        Function<Observation, List<Measurement>> recordings,
        Function<MeasuredFeatures, Assembler> from) {}
