package io.heimdall.pipeline.data;

import io.heimdall.dataset.sample.ChannelLayout;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.features.spectrum.FeatureParameters;

/** A model's own words on its input, as the classes that make it. */
public final class ModelInput {
    private ModelInput() {}

    /** Returns how sessions become channels. */
    public static ChannelLayout layout(Input input) {
        return input.stations().isEmpty() ? ChannelLayout.singleReceiver() : ChannelLayout.stations(input.stations());
    }

    /**
     * Returns how recordings become features.
     *
     * @throws IllegalArgumentException if the model was made with parameters that this release does not know
     */
    public static FeatureParameters features(Input input) {
        return FeatureParameters.parse(input.features());
    }
}
