package io.heimdall.dataset.ingest;

import io.heimdall.features.recording.RecordingInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a recording against the row that names it. */
final class RecordingWarnings {
    /** Below this there is no radio station to be located. */
    private static final long LOWEST_HZ = 3_000;

    /** Levels that differ by less are the same. */
    private static final double SAME_DB = 1;

    private final SessionRow row;
    private final MeasuredRecording recording;
    private final List<RowWarning> warnings = new ArrayList<>();

    private RecordingWarnings(SessionRow row, MeasuredRecording recording) {
        this.row = row;
        this.recording = recording;
    }

    /** Returns what is odd: what the reader and the samples show, and what does not fit the row. */
    static List<RowWarning> of(SessionRow row, MeasuredRecording recording) {
        RecordingWarnings found = new RecordingWarnings(row, recording);
        recording.warnings().forEach(sentence -> found.add("", sentence));
        found.parts();
        found.realSignal();
        found.frequency();
        found.start();
        found.level();
        return found.warnings;
    }

    private void add(String value, String sentence) {
        warnings.add(row.warning(value, sentence));
    }

    private String file() {
        return row.recording().orElseThrow().file().toString();
    }

    private void parts() {
        RecordingInfo info = recording.info();
        FileChoice choice = row.recording().orElseThrow().choice();
        if (info.channels() > 1 && choice.channel().isEmpty()) {
            unchosen(info.channels(), Column.CHANNEL);
        }
        if (info.captures() > 1 && choice.capture().isEmpty()) {
            unchosen(info.captures(), Column.CAPTURE);
        }
    }

    private void unchosen(int parts, Column column) {
        String part = column.title();
        warnings.add(new RowWarning(
                row.line(),
                row.session().sessionId(),
                file(),
                part,
                String.valueOf(parts),
                "recording " + file() + ": it holds " + parts + " " + part
                        + "s, of which only the first is used; the column " + part + " chooses one of 0.."
                        + (parts - 1)));
    }

    private void realSignal() {
        if (!recording.info().complex()) {
            add("real", MeasuredRecording.REAL_SIGNAL + ": training leaves it out");
        }
    }

    private void frequency() {
        long typedHz = row.session().frequencyHz();
        String typed = Column.FREQUENCY_HZ.title() + " " + typedHz;
        if (recording.info().centerFrequencyHz().isEmpty()) {
            if (typedHz < LOWEST_HZ) {
                warnings.add(row.warning(
                        Column.FREQUENCY_HZ,
                        String.valueOf(typedHz),
                        typed + " is no radio frequency: expected hertz, not megahertz"));
            }
            return;
        }
        double tunedHz = recording.info().centerFrequencyHz().getAsDouble();
        double reachHz = recording.sampleRateHz() / 2;
        if (Math.abs(typedHz - tunedHz) <= reachHz) {
            return;
        }
        String unit = Hertz.mistakenUnit(typedHz, tunedHz)
                .map(name -> ": it looks like " + name + ", expected hertz")
                .or(() -> Hertz.mistakenUnit(tunedHz, typedHz)
                        .map(name -> ": the recording's looks like " + name + " in the place of hertz"))
                .orElse("");
        warnings.add(new RowWarning(
                row.line(),
                row.session().sessionId(),
                file(),
                Column.FREQUENCY_HZ.title(),
                String.valueOf(typedHz),
                typed + " is not within " + Hertz.text(reachHz, 4) + " of " + Hertz.text(tunedHz, 10)
                        + ", to which recording " + file() + " was tuned" + unit));
    }

    private void start() {
        if (row.startTime().isPresent()) {
            return; // which the table was warned of
        }
        recording.info().startTime().ifPresent(start -> {
            Optional<String> fault = StartDates.fault(start);
            fault.ifPresent(why -> add(start.toString(), "its start " + start + " " + why));
        });
    }

    /** The recording's own level counts, so that levels and spectra of a station are comparable. */
    private void level() {
        double calibrationDb = row.recording().orElseThrow().calibrationDb();
        double ownDb = recording.powerDb() + calibrationDb;
        row.levelDb().ifPresent(typedDb -> {
            if (Math.abs(typedDb - ownDb) > SAME_DB) {
                warnings.add(row.warning(
                        Column.LEVEL_DB,
                        String.valueOf(typedDb),
                        String.format(
                                Locale.ROOT,
                                "%s %s is not used: recording %s has %.1f dB, which counts; a %s of %.1f makes them equal",
                                Column.LEVEL_DB.title(),
                                typedDb,
                                file(),
                                ownDb,
                                Column.CALIBRATION_DB.title(),
                                typedDb - recording.powerDb())));
            }
        });
    }
}
