package io.heimdall.app.command;

import io.heimdall.features.recording.ReadOptions;
import picocli.CommandLine.Option;

/** The options that say what of a recording is read, and as what. */
final class ReadChoice {

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Samples a second; wins over what the recording says of itself.")
    private Double rateHz;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "The recording's format, where its name and content do not tell: npy, cu8, cs16, ...")
    private String format;

    @Option(
            names = "--channel",
            paramLabel = "N",
            description = "Which receiver of a recording of several, from 0 (default: 0).")
    private Integer channel;

    @Option(
            names = "--capture",
            paramLabel = "N",
            description = "Which capture of a SigMF recording of several, from 0 (default: 0).")
    private Integer capture;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Which recording of a SigMF archive or collection of several.")
    private String stream;

    @Option(
            names = "--no-checksum",
            description = "Do not hold SigMF's checksum against the samples, which reads them once more.")
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
