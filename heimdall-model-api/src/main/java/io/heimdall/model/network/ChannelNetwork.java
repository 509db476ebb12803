package io.heimdall.model.network;

import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.TensorSpec;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A network of {@link LocalizationNet}: it reads spectrograms as the channels of one image.
 *
 * @param name what users type
 * @param description for people who choose one
 * @param ofChannels makes the network for a number of channels
 */
record ChannelNetwork(String name, String description, IntFunction<NetworkSpec> ofChannels) implements NetworkFamily {
    /** A channel for each station of a list. */
    static final String STATIONS = "stations";

    /** One receiver's spectrogram in several channels. */
    static final String SINGLE_RECEIVER = "single-receiver";

    static final List<NetworkFamily> FAMILIES = List.of(
            new ChannelNetwork("resnet18", "ResNet-18, a channel for each station", LocalizationNet::resnet18),
            new ChannelNetwork("resnet34", "ResNet-34, a channel for each station", LocalizationNet::resnet34),
            new ChannelNetwork("small", "150 times lighter than resnet18, for trials", LocalizationNet::small));

    @Override
    public List<String> producers() {
        return List.of(STATIONS, SINGLE_RECEIVER);
    }

    @Override
    public NetworkSpec network(InputSpec input) {
        TensorSpec features = input.networkSpecs().get(0);
        return ofChannels.apply(features.length(0)).withInputs(List.of(features));
    }
}
