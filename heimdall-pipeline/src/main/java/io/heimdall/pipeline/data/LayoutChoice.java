package io.heimdall.pipeline.data;

/** What a network of channels sees at once. */
public enum LayoutChoice {
    /** A channel per station: levels beside each other carry the position. */
    STATIONS("stations"),
    /** One receiver's spectrogram, in three channels as pretrained networks expect them. */
    SINGLE_RECEIVER("single-receiver");

    private final String producer;

    LayoutChoice(String producer) {
        this.producer = producer;
    }

    /** Returns the name of the input's producer. */
    public String producer() {
        return producer;
    }
}
