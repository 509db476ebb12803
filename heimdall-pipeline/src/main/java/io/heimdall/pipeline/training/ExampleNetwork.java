package io.heimdall.pipeline.training;

import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.pipeline.input.Producers;

/** The network of a family for an input of the smallest size, to look at before there is data. */
final class ExampleNetwork {
    private ExampleNetwork() {}

    /** Returns that of the family that the settings name. */
    static NetworkSpec of(TrainingSettings settings) {
        return of(Networks.named(settings.network()));
    }

    /** Returns that of a family. */
    static NetworkSpec of(NetworkFamily family) {
        return family.network(Producers.named(family.producers().get(0)).example());
    }
}
