package io.heimdall.pipeline.data;

/** The layout of a channel network's input: all stations at once, or one recording. */
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
