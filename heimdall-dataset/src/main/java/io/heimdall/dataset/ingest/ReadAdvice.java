package io.heimdall.dataset.ingest;

/**
 * Says what a user can do about a recording that does not tell how it is to be read, in the words of the user's tool.
 *
 * @param rate where the sample rate is missing
 * @param stream where the file holds several recordings
 */
public record ReadAdvice(String rate, String stream) {
    static final ReadAdvice OF_TABLE =
            new ReadAdvice("fill in " + Column.SAMPLE_RATE_HZ.title(), "name one of them in " + Column.STREAM.title());
}
