package io.heimdall.app.command;

import io.heimdall.app.Explanation;
import io.heimdall.app.configuration.StrictNumber;
import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which part of the approved sessions is wanted; what is not typed stays as it was. */
final class DataOptions {

    @Option(
            names = "--from",
            paramLabel = "DATE",
            converter = Moment.class,
            description = "Only sessions that started then or later: a date, which is the start of that day in UTC, or"
                    + " 2026-11-24T08:00:00Z.")
    private Instant from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            converter = Moment.class,
            description = "Only sessions that started before that; with a date, before that day.")
    private Instant until;

    @Option(
            names = "--min-frequency",
            paramLabel = "HZ",
            converter = Hertz.class,
            description = "Only sessions at this frequency or above: 144000000 or 144e6.")
    private Long minFrequencyHz;

    @Option(
            names = "--max-frequency",
            paramLabel = "HZ",
            converter = Hertz.class,
            description = "Only sessions at this frequency or below.")
    private Long maxFrequencyHz;

    @Option(
            names = "--station",
            paramLabel = "NAME",
            split = "\\s*,\\s*",
            splitSynopsisLabel = ",",
            description = "Only what these stations heard.")
    private List<String> stations;

    @Option(
            names = "--training-dataset",
            paramLabel = "NAME",
            description = "Only the measurements of one of the training datasets in Heimdall's database.")
    private String trainingDataset;

    @Option(
            names = "--session",
            paramLabel = "ID",
            split = "\\s*,\\s*",
            splitSynopsisLabel = ",",
            description = "Only these sessions.")
    private List<String> sessions;

    @Option(
            names = "--sessions-file",
            paramLabel = "FILE",
            converter = IdFile.class,
            description = "Only the sessions that a file names, an id a line.")
    private Ids sessionsFile;

    @Option(
            names = "--min-snr",
            paramLabel = "DB",
            description = "Only recordings of at least this signal-to-noise ratio in the recorded band.")
    private Double minSnrDb;

    @Option(
            names = "--max-clipped",
            paramLabel = "SHARE",
            description = "Only recordings of which at most this share is clipped, 0..1.")
    private Double maxClippedShare;

    /** For picocli. */
    DataOptions() {}

    /**
     * Returns a filter with what was typed in place of its own conditions.
     *
     * @throws IllegalArgumentException naming a value that makes no sense
     */
    SessionFilter over(SessionFilter base) {
        Period period = base.period();
        Band band = base.band();
        QualityLimits quality = base.quality();
        return new SessionFilter(
                sessions == null && sessionsFile == null ? base.sessionIds() : ids(),
                new Period(
                        Optional.ofNullable(from).or(period::from),
                        Optional.ofNullable(until).or(period::until)),
                new Band(or(minFrequencyHz, band.minHz()), or(maxFrequencyHz, band.maxHz())),
                stations == null ? base.stations() : new HashSet<>(stations),
                Optional.ofNullable(trainingDataset).or(base::trainingDataset),
                new QualityLimits(or(minSnrDb, quality.minSnrDb()), or(maxClippedShare, quality.maxClippedShare())));
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>(sessions == null ? List.of() : sessions);
        if (sessionsFile != null) {
            ids.addAll(sessionsFile.ids());
        }
        return ids;
    }

    private static OptionalLong or(Long typed, OptionalLong usual) {
        return typed == null ? usual : OptionalLong.of(typed);
    }

    private static OptionalDouble or(Double typed, OptionalDouble usual) {
        return typed == null ? usual : OptionalDouble.of(typed);
    }

    /** Of sessions. */
    record Ids(Set<String> ids) {}

    /** A date or an instant. */
    static final class Moment implements ITypeConverter<Instant> {
        Moment() {}

        @Override
        public Instant convert(String text) {
            try {
                return Period.moment(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A whole number of hertz, also as 145.5e6. */
    static final class Hertz implements ITypeConverter<Long> {
        Hertz() {}

        @Override
        public Long convert(String text) {
            return StrictNumber.wholeDecimal(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no whole number of hertz such as 145500000 or 145.5e6"));
        }
    }

    /** A file with an id a line; blank lines are none. */
    static final class IdFile implements ITypeConverter<Ids> {
        IdFile() {}

        @Override
        public Ids convert(String file) {
            Set<String> ids;
            try {
                ids = Files.readAllLines(Path.of(file)).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.toSet());
            } catch (CharacterCodingException e) {
                throw new TypeConversionException(file + " is not text in UTF-8");
            } catch (IOException | InvalidPathException e) {
                throw new TypeConversionException(Explanation.of(e));
            }
            if (ids.isEmpty()) {
                throw new TypeConversionException(file + " names no session");
            }
            return new Ids(ids);
        }
    }
}
