package io.heimdall.pipeline.input;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.MeasuredFeatures;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.LocalizationNet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spectrograms beside each other as the channels of one image. */
final class ChannelAssembler implements Assembler {
    /** Name of the model file's input: decibels, shape (channels, mels, frames). */
    static final String DECIBELS = "mel_spectrogram";

    private final ChannelLayout layout;
    private final ChannelParameters parameters;
    private final RecordingFeatures recordings;
    private final MeasuredFeatures features;
    private final int[] shape;
    private final InputSpec input;

    /**
     * Prepares one.
     *
     * @param layout that says which recording fills which channel
     * @param parameters of features and standardisation
     * @param recordings whose features are read
     */
    ChannelAssembler(ChannelLayout layout, ChannelParameters parameters, RecordingFeatures recordings) {
        this(layout, parameters, recordings, recordings);
    }

    private ChannelAssembler(
            ChannelLayout layout,
            ChannelParameters parameters,
            RecordingFeatures recordings,
            MeasuredFeatures features) {
        this.layout = layout;
        this.parameters = parameters;
        this.recordings = recordings;
        this.features = features;
        this.shape = shape(layout, parameters);
        this.input = spec(layout, parameters);
    }

    private static int[] shape(ChannelLayout layout, ChannelParameters parameters) {
        return new int[] {
            layout.channels(parameters),
            parameters.features().mels(),
            parameters.features().frames()
        };
    }

    /** Returns what a model of these parameters takes, and its network reads. */
    static InputSpec spec(ChannelLayout layout, ChannelParameters parameters) {
        int[] shape = shape(layout, parameters);
        Formula standardised =
                new Formula.Standard(new Formula.Given(DECIBELS), parameters.meanDb(), parameters.deviationDb());
        return new InputSpec(
                layout.id(),
                parameters.texts(layout.id()),
                List.of(TensorSpec.floats(DECIBELS, shape)),
                List.of(new NetworkTensor(TensorSpec.floats(LocalizationNet.FEATURES, shape), standardised)));
    }

    @Override
    public InputSpec input() {
        return input;
    }

    @Override
    public List<String> stations() {
        return parameters.stations();
    }

    @Override
    public List<Observation> observations(Session session) {
        return layout.observations(session, parameters);
    }

    @Override
    public Map<String, FloatTensor> given(Observation observation) {
        List<Optional<Measurement>> channels = layout.recordings(observation.session(), parameters);
        return Map.of(DECIBELS, FloatTensor.of(decibels(observation, channels), shape));
    }

    @Override
    public Map<String, FloatTensor> learned(Observation observation, Augmentation augmentation, long seed) {
        List<Optional<Measurement>> channels = layout.recordings(observation.session(), parameters);
        float[] decibels = decibels(observation, channels);
        boolean[] present = new boolean[channels.size()];
        for (int c = 0; c < present.length; c++) {
            present[c] = channels.get(c).isPresent();
        }
        augmentation.apply(decibels, present, shape[1], shape[2], seed);
        FloatTensor row = FloatTensor.of(decibels, 1, shape[0], shape[1], shape[2]);
        FloatTensor standardised = input.prepare(Map.of(DECIBELS, row)).get(LocalizationNet.FEATURES);
        return Map.of(LocalizationNet.FEATURES, FloatTensor.of(standardised.values(), shape));
    }

    @Override
    public Optional<Spectrograms> spectrograms() {
        return Optional.of(new Spectrograms(
                recordings,
                observation -> layout.recordings(observation.session(), parameters).stream()
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList(),
                elsewhere -> new ChannelAssembler(layout, parameters, recordings, elsewhere)));
    }

    private float[] decibels(Observation observation, List<Optional<Measurement>> channels) {
        int size = shape[1] * shape[2];
        float[] values = new float[channels.size() * size];
        try {
            for (int c = 0; c < channels.size(); c++) {
                Optional<Measurement> channel = channels.get(c);
                if (channel.isEmpty()) {
                    Arrays.fill(values, c * size, (c + 1) * size, (float) parameters.absentDb());
                } else if (c > 0 && channel.equals(channels.get(c - 1))) {
                    System.arraycopy(values, (c - 1) * size, values, c * size, size);
                } else {
                    System.arraycopy(features.of(channel.get()), 0, values, c * size, size);
                }
            }
        } catch (DatasetException e) {
            String session = "session " + observation.id();
            throw new DatasetException(session, session + ": " + e.getMessage(), e, e.mayPassLater());
        }
        return values;
    }

    @Override
    public String fingerprint(Observation observation) {
        StringBuilder text = new StringBuilder();
        for (Optional<Measurement> channel : layout.recordings(observation.session(), parameters)) {
            text.append(channel.flatMap(Measurement::recorded)
                            .map(recorded -> recorded.key() + " " + recorded.calibrationDb()
                                    + recorded.part().canonical())
                            .orElse("absent"))
                    .append('\0');
        }
        return text.toString();
    }

    /** Returns the text of earlier releases, so that the trainings that they began can be resumed. */
    @Override
    public String fingerprint() {
        return "Input[features=" + parameters.features().canonical() + ", stations=" + parameters.stations()
                + ", absentDb=" + parameters.absentDb() + ", meanDb=" + parameters.meanDb() + ", deviationDb="
                + parameters.deviationDb() + "]";
    }
}
