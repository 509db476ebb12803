package io.heimdall.app.command;

import io.heimdall.features.recording.ReadOptions;
import picocli.CommandLine.Option;

/** The options that say what of a recording is read, and as what. */
final class ReadChoice {

    @Option(names = "--rate", paramLabel = "HZ", description = "Sample rate; wins over the recording's own value.")
    private Double rateHz;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "Format of a recording whose name and content do not tell it: npy, cu8, cs16, ...")
    private String format;

    @Option(
            names = "--channel",
            paramLabel = "N",
            description = "Number of the channel in a recording of several channels (default: 0).")
    private Integer channel;

    @Option(
            names = "--capture",
            paramLabel = "N",
            description = "Number of the capture in a SigMF recording of several captures (default: 0).")
    private Integer capture;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Name of the recording in a SigMF archive or collection.")
    private String stream;

    @Option(
            names = "--no-checksum",
            description = "Skip the comparison of the samples with SigMF's checksum, which reads the file once more.")
    private boolean noChecksum;

    /** For picocli. */
    ReadChoice() {}

    /** Returns whether one recording of several is asked for. */
    boolean hasStream() {
        return stream != null;
    }

    /**
     * Returns what was asked for.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    ReadOptions options() {
        ReadOptions options = ReadOptions.defaults();
        options = format == null ? options : options.withFormat(format);
        options = rateHz == null ? options : options.withSampleRateHz(rateHz);
        options = channel == null ? options : options.withChannel(channel);
        options = capture == null ? options : options.withCapture(capture);
        options = stream == null ? options : options.withStream(stream);
        return noChecksum ? options.withoutChecksum() : options;
    }
}
