package io.heimdall.pipeline.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.pipeline.settings.Caption;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Moment;
import io.heimdall.pipeline.settings.Names;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The table of a session filter's fields, with the names of the command line, the HTTP service, a training's saved
 * settings, a run's parameters and a model file's metadata.
 */
public final class FilterFields {
    /** Key of a model file's metadata under which it keeps what was learned from, unless that was everything. */
    public static final String METADATA = "session_filter";

    private static final long MOST_HERTZ = 1_000_000_000_000L;
    private static final int LONGEST_SHOWN = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private static final Fields<SessionFilter> TABLE = new Fields<>(List.of(
            Field.<SessionFilter, Instant>optional(
                    "from",
                    new Moment(),
                    filter -> filter.period().from(),
                    (filter, from) ->
                            filter.with(new Period(from, filter.period().until())),
                    Caption.of(
                            "DATE",
                            "From",
                            "Only sessions that started at this time or later: a date (the start of that day in UTC) or"
                                    + " 2026-11-24T08:00:00Z")),
            Field.<SessionFilter, Instant>optional(
                    "until",
                    new Moment(),
                    filter -> filter.period().until(),
                    (filter, until) -> filter.with(new Period(filter.period().from(), until)),
                    Caption.of(
                            "DATE",
                            "Until, before",
                            "Only sessions that started before this time: a date (the start of that day in UTC) or 2026-11-24T08:00:00Z")),
            Field.<SessionFilter, Long>optional(
                            "min_frequency_hz",
                            Whole.hertz(MOST_HERTZ),
                            filter -> boxed(filter.band().minHz()),
                            (filter, hz) -> filter.with(
                                    new Band(whole(hz), filter.band().maxHz())),
                            Caption.of(
                                            "HZ",
                                            "Frequency from",
                                            "Only sessions at this frequency or above: 144000000 or 144e6")
                                    .in("Hz"))
                    .typedAs("min-frequency"),
            Field.<SessionFilter, Long>optional(
                            "max_frequency_hz",
                            Whole.hertz(MOST_HERTZ),
                            filter -> boxed(filter.band().maxHz()),
                            (filter, hz) -> filter.with(new Band(filter.band().minHz(), whole(hz))),
                            Caption.of("HZ", "Frequency to", "Only sessions at this frequency or below")
                                    .in("Hz"))
                    .typedAs("max-frequency"),
            Field.<SessionFilter, List<String>>optional(
                            "stations",
                            Names.typed(),
                            filter -> sorted(filter.stations()),
                            (filter, names) -> filter.withStations(names.orElse(List.of())),
                            Caption.of("NAME", "Stations", "Only the measurements of these stations"))
                    .typedAs("station"),
            Field.<SessionFilter, String>optional(
                    "training_dataset",
                    Word.any(),
                    SessionFilter::trainingDataset,
                    FilterFields::withTrainingDataset,
                    Caption.of(
                            "NAME",
                            "Training dataset",
                            "Only the measurements of one of the training datasets in Heimdall's database")),
            Field.<SessionFilter, List<String>>optional(
                            "sessions",
                            Names.orFile("sessions-file", "Only the sessions of this file, one id in each line"),
                            filter -> sorted(filter.sessionIds()),
                            (filter, ids) -> filter.withSessions(ids.orElse(List.of())),
                            Caption.of("ID", "Sessions", "Only these sessions"))
                    .typedAs("session"),
            Field.<SessionFilter, Double>optional(
                            "min_snr_db",
                            Decimal.in("-200", "200"),
                            filter -> boxed(filter.quality().minSnrDb()),
                            (filter, db) -> filter.with(new QualityLimits(
                                    number(db), filter.quality().maxClippedShare())),
                            Caption.of(
                                            "DB",
                                            "Least SNR",
                                            "Only recordings of at least this signal-to-noise ratio in the recorded band")
                                    .in("dB"))
                    .typedAs("min-snr"),
            Field.<SessionFilter, Double>optional(
                            "max_clipped_share",
                            Decimal.in("0", "1"),
                            filter -> boxed(filter.quality().maxClippedShare()),
                            (filter, share) -> filter.with(
                                    new QualityLimits(filter.quality().minSnrDb(), number(share))),
                            Caption.of(
                                    "SHARE",
                                    "Largest clipped share",
                                    "Only recordings with at most this share of clipped samples, 0..1"))
                    .typedAs("max-clipped")));

    private FilterFields() {}

    /** Returns the table of the fields. */
    public static Fields<SessionFilter> table() {
        return TABLE;
    }

    /**
     * Returns every field of a filter.
     *
     * @return texts, numbers and lists of texts; null for a condition that is not made
     */
    public static Map<String, Object> of(SessionFilter filter) {
        return TABLE.json(filter);
    }

    /**
     * Reads what {@link #of} gave, or a part of it; other fields are passed over.
     *
     * @throws IllegalArgumentException naming a field whose value makes no sense
     */
    public static SessionFilter read(Map<String, ?> fields) {
        return TABLE.saved(fields, SessionFilter.all());
    }

    /** Returns the conditions that are made as short texts; a long list is told by its length and digest. */
    public static Map<String, String> texts(SessionFilter filter) {
        return TABLE.parameters(filter);
    }

    /** Returns the fields as one line of JSON, for {@link #parse}. */
    static String line(SessionFilter filter) {
        try {
            return JSON.writeValueAsString(of(filter));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /**
     * Reads what stands in a model file's metadata under {@link #METADATA}.
     *
     * @throws IllegalArgumentException if it is no filter
     */
    public static SessionFilter parse(String line) {
        try {
            return read(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + cut(line) + "' is no object of a filter's fields", e);
        }
    }

    private static SessionFilter withTrainingDataset(SessionFilter filter, Optional<String> name) {
        return new SessionFilter(
                filter.sessionIds(), filter.period(), filter.band(), filter.stations(), name, filter.quality());
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static Optional<Double> boxed(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    private static OptionalLong whole(Optional<Long> number) {
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static OptionalDouble number(Optional<Double> number) {
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private static Optional<List<String>> sorted(Collection<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(names.stream().sorted().toList());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
