package io.heimdall.model.network;

import io.heimdall.model.input.InputSpec;
import java.util.List;
import java.util.Optional;

/**
 * A {@link SetNet}: it reads the stations of a session as a set.
 *
 * @param name what users type
 * @param description for people who choose one
 * @param embedding of each recording's spectrogram; empty for its level statistics alone
 */
record SetFamily(String name, String description, Optional<SetNet.Embedding> embedding) implements NetworkFamily {
    /** The stations of a session with their positions. */
    static final String STATION_SET = "station-set";

    static final List<NetworkFamily> FAMILIES = List.of(
            new SetFamily("set", "attention over any stations, by their levels; the default", Optional.empty()),
            new SetFamily(
                    "set-cnn",
                    "set, with a small network for each recording's spectrogram",
                    Optional.of(SetNet.Embedding.small())),
            new SetFamily(
                    "set-resnet18",
                    "set, with a ResNet-18 for each recording's spectrogram",
                    Optional.of(SetNet.Embedding.resnet18())));

    @Override
    public List<String> producers() {
        return List.of(STATION_SET);
    }

    @Override
    public NetworkSpec network(InputSpec input) {
        int stations = Integer.parseInt(input.parameters().get("station_count"));
        SetNet plain = SetNet.of(stations);
        return embedding.map(plain::with).orElse(plain).network(name);
    }
}
