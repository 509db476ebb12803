package io.heimdall.pipeline.input;

import io.heimdall.model.input.InputSpec;
import java.util.List;

/** The kinds of input that there are. */
public final class Producers {
    private static final List<Producer> ALL =
            List.of(new SetProducer(), new ChannelProducer.Stations(), new ChannelProducer.SingleReceiver());

    private Producers() {}

    /**
     * Returns the producer of a name.
     *
     * @throws IllegalArgumentException listing those there are
     */
    public static Producer named(String id) {
        return ALL.stream()
                .filter(producer -> producer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the input '" + id
                        + "' is not known; there are "
                        + String.join(", ", ALL.stream().map(Producer::id).toList())));
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
