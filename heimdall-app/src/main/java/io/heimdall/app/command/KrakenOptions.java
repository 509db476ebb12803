package io.heimdall.app.command;

import io.heimdall.dataset.ingest.KrakenLog;
import io.heimdall.dataset.ingest.LocalSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that name logs of KrakenSDRs. */
final class KrakenOptions {

    @Option(
            names = "--kraken",
            split = ",",
            paramLabel = "FILE",
            description =
                    "Logs of KrakenSDRs, as CSV in the format 'Kraken App'. The bearings at each frequency are a session.")
    private List<Path> logs = new ArrayList<>();

    @Option(
            names = "--kraken-angles",
            paramLabel = "CONVENTION",
            defaultValue = "compass",
            converter = Convention.class,
            description =
                    "Convention of the directions in the logs: compass, clockwise from the front of the array (the"
                            + " default), or counterclockwise, as older software of KrakenRF wrote them.")
    private KrakenLog.Angles angles;

    @Option(
            names = "--kraken-sigma",
            paramLabel = "DEG",
            defaultValue = "5",
            description =
                    "Standard deviation of the bearings in the logs, degrees (default: ${DEFAULT-VALUE}). A larger"
                            + " spread of the directions at one place replaces it.")
    private double sigmaDegrees;

    /** For picocli. */
    KrakenOptions() {}

    /** Reads {@code compass} and {@code counterclockwise}. */
    static final class Convention implements ITypeConverter<KrakenLog.Angles> {
        Convention() {}

        @Override
        public KrakenLog.Angles convert(String word) {
            for (KrakenLog.Angles one : KrakenLog.Angles.values()) {
                if (one.toString().equalsIgnoreCase(word)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("'" + word + "' is neither compass (clockwise) nor counterclockwise");
        }
    }

    /** Returns the logs. */
    List<Path> logs() {
        return logs;
    }

    /**
     * Reads the logs.
     *
     * @throws IllegalArgumentException if the sigma is out of its range
     */
    LocalSessions read() throws IOException {
        if (!(sigmaDegrees > 0 && sigmaDegrees <= 180)) {
            throw new IllegalArgumentException("--kraken-sigma " + sigmaDegrees + " is not in 0..180, 0 excluded");
        }
        return KrakenLog.read(logs, angles, sigmaDegrees);
    }
}
