package io.heimdall.app.command;

import io.heimdall.app.Explanation;
import io.heimdall.features.quality.RecordingSurvey;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.pipeline.report.RecordingPage;
import io.heimdall.pipeline.report.SpectrogramPng;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall inspect}: shows the facts, the quality and the spectrum of recordings. */
@Command(
        name = "inspect",
        description = {
            "Show the facts of a recording: format, rate, duration, frequency, start, level, clipping, DC offset,"
                    + " signal-to-noise ratio, gaps. Several recordings give a table.",
            "With --delay, compare two recordings of the same time: how much later the common signal arrives at the first,"
                    + " the standard deviation of this delay, and its parts.",
            "For a SigMF archive or collection all recordings are shown, or the one that --stream names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall inspect receiver.wav --html receiver.html",
            "      also draw its spectrum over time into a page for the browser",
            "  heimdall inspect recordings/*.npy --rate 48000",
            "      a table with one row for each recording",
            "  heimdall inspect --delay north.wav south.wav --png delay.png",
            "      also draw the correlation over the delay"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final int COLUMNS = 400;

    @Mixin
    private Output output;

    @Parameters(
            paramLabel = "RECORDING",
            arity = "1..*",
            description = "Recordings: .npy, .wav, .sdriq, SigMF, or raw samples (cu8, cs8, cu16, cs16, cf32).")
    private List<Path> recordings;

    @Mixin
    private ReadChoice choice;

    @Mixin
    private DelayChoice delays;

    @Option(
            names = "--png",
            paramLabel = "FILE.png",
            description = "Draw the spectrum of one recording, or the delay between two.")
    private Path png;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Draw the recordings into a page for the browser.")
    private Path html;

    InspectCommand() {}

    /**
     * Looks at each recording; one that cannot be read is said, and the rest is looked at.
     *
     * @return 0, or 1 if a recording could not be read
     * @throws IOException if a picture cannot be written, or the only recording not be read
     */
    @Override
    public Integer call() throws IOException {
        requireDirectory(png);
        requireDirectory(html);
        ReadOptions options = output.usage(choice::options);
        boolean compared = output.usage(delays::asked);
        List<Source> sources = new ArrayList<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (Path recording : recordings) {
            sources.addAll(sources(recording, options, failures));
        }
        if (compared) {
            return compare(sources, failures);
        }
        output.usage(() -> requireOne(sources.size()));
        List<Inspection> inspections = new ArrayList<>();
        for (Source source : sources) {
            inspect(source, inspections, failures);
        }
        draw(inspections);
        report(inspections, failures);
        return failures.isEmpty() ? 0 : 1;
    }

    /** One recording, of a file that may hold several. */
    private record Source(String name, Path file, ReadOptions options) {
        Recording open() throws IOException {
            return Recordings.open(file, options);
        }
    }

    private List<Source> sources(Path file, ReadOptions options, Map<String, String> failures) throws IOException {
        List<String> streams = List.of();
        try {
            streams = choice.hasStream() || options.format().isPresent() ? streams : Recordings.streams(file);
        } catch (IOException e) {
            fail(file.toString(), e, failures);
            return List.of();
        }
        if (streams.size() < 2) {
            return List.of(new Source(file.toString(), file, options));
        }
        List<Source> sources = new ArrayList<>();
        for (String stream : streams) {
            String shown = stream.replaceAll("\\p{Cc}", "?");
            sources.add(new Source(file + " " + shown, file, options.withStream(stream)));
        }
        return sources;
    }

    private int compare(List<Source> sources, Map<String, String> failures) throws IOException {
        if (!failures.isEmpty()) {
            output.json(Map.of("errors", failures));
            return 1;
        }
        Source first = output.usage(() -> requireTwo(sources).get(0));
        Source second = sources.get(1);
        new DelayInspection(output, delays).run(first.name(), first::open, second.name(), second::open, png, html);
        return 0;
    }

    private static List<Source> requireTwo(List<Source> sources) {
        if (sources.size() != 2) {
            throw new IllegalArgumentException("--delay compares two recordings, not " + sources.size());
        }
        return sources;
    }

    private void inspect(Source source, List<Inspection> inspections, Map<String, String> failures) throws IOException {
        try (Recording recording = output.usage(source::open);
                Progress progress = output.progress("Reading", recording.info().samples())) {
            RecordingSurvey survey = RecordingSurvey.of(new WatchedRecording(recording, progress), COLUMNS);
            inspections.add(new Inspection(source.name(), survey));
        } catch (IOException e) {
            fail(source.name(), e, failures);
        }
    }

    private void fail(String name, IOException failure, Map<String, String> failures) throws IOException {
        if (recordings.size() == 1 && !output.json()) {
            throw failure;
        }
        String reason = Explanation.of(failure);
        failures.put(name, reason);
        output.note(reason);
    }

    private Void requireOne(int found) {
        if (png != null && found > 1) {
            throw new IllegalArgumentException(
                    "--png draws one recording, not " + found + ": use --html, or choose one with --stream");
        }
        return null;
    }

    private static void requireDirectory(Path file) throws FileSystemException {
        if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new NoSuchFileException(file.toAbsolutePath().getParent().toString());
        }
    }

    private void draw(List<Inspection> inspections) throws IOException {
        if (png != null && !inspections.isEmpty()) {
            SpectrogramPng.write(png, inspections.get(0).survey());
        }
        if (html != null && !inspections.isEmpty()) {
            List<RecordingPage.Entry> entries = new ArrayList<>();
            for (Inspection inspection : inspections) {
                entries.add(new RecordingPage.Entry(inspection.name(), inspection.facts(), inspection.survey()));
            }
            RecordingPage.write(html, entries);
        }
    }

    private void report(List<Inspection> inspections, Map<String, String> failures) {
        if (inspections.size() == 1 && recordings.size() == 1) {
            output.say(inspections.get(0).name());
            inspections.get(0).facts().forEach((name, value) -> output.say(String.format("  %-17s %s", name, value)));
        } else if (!inspections.isEmpty()) {
            table(inspections.stream().map(Inspection::row).toList());
            inspections.forEach(inspection -> output.warn(inspection.name(), inspection.warnings()));
        }
        List<Map<String, Object>> json = new ArrayList<>();
        inspections.forEach(inspection -> json.add(inspection.json()));
        failures.forEach((name, reason) -> json.add(Map.of("recording", name, "error", reason)));
        output.json(Map.of("recordings", json));
    }

    private void table(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(Inspection.COLUMNS);
        all.addAll(rows);
        int[] widths = new int[Inspection.COLUMNS.size()];
        for (List<String> row : all) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            output.say(line.toString().stripTrailing());
        }
    }
}
