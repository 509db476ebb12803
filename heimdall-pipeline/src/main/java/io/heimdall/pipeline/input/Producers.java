package io.heimdall.pipeline.input;

import io.heimdall.model.NamedServices;
import io.heimdall.model.input.InputSpec;
import java.util.List;

/** The kinds of input that networks can ask for: those of this library, and those that a class path adds. */
public final class Producers {
    private static final NamedServices<Producer> ALL = new NamedServices<>(
            Producer.class,
            "input",
            Producer::id,
            List.of(
                    new SetProducer(),
                    new ChannelProducer(new ChannelLayout.Stations()),
                    new ChannelProducer(new ChannelLayout.SingleReceiver())));

    private Producers() {}

    /**
     * Returns the producer of a name.
     *
     * @throws IllegalArgumentException listing those there are
     * @throws io.heimdall.model.ModelException if two have the same name, or one that is declared cannot be loaded
     */
    public static Producer named(String id) {
        return ALL.named(id);
    }

    /**
     * Makes the assembler of a model again.
     *
     * @param input as the model keeps it
     */
    public static Assembler restore(InputSpec input, Producer.FeatureSource recordings) {
        return named(input.producer()).restore(input.parameters(), recordings);
    }
}
