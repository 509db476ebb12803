package io.heimdall.app.service;

import io.heimdall.app.configuration.SettingRange;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.ingest.RefusedRow;
import io.heimdall.dataset.ingest.TableRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.Directories;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.prediction.SessionPredictor;
import io.heimdall.pipeline.settings.NumberRange;
import io.heimdall.pipeline.settings.StrictNumber;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.MultiPart.Part;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.http.MultiPartFormData.Parts;
import org.eclipse.jetty.util.Attributes;

/**
 * Locates the transmitter of uploaded recordings: a part for each, named after its station, or {@code recording} for a model that
 * takes any; or a part for each under any name, and one with the sessions, as a table or as JSON. They lie in a folder of their own until they are answered, under names that the caller does not choose freely.
 */
final class RecordingPredictions {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern STATION = Pattern.compile("[^=\\p{Cntrl}]{1,100}");
    private static final NumberRange RATE = SettingRange.ofField("rate").orElseThrow();
    private static final String ANY_STATION = "recording";
    private static final int AT_A_TIME = 4;
    private static final int MOST_PARTS = 64;
    private static final int MOST_IN_MEMORY = 64 << 10;
    private static final int MOST_OF_HEADERS = 4 << 10;
    private static final int MOST_OF_TABLE = 256 << 10;
    private static final int MOST_SESSIONS = 64;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final long most;

    RecordingPredictions(ServiceLimits limits) {
        this.most = limits.largestRecordings();
    }

    /**
     * Locates the transmitter of the recordings in a request's body.
     *
     * @param model which stays open
     */
    Predicted locate(Context context, OnnxModel model) throws IOException {
        OptionalDouble rate = rate(context);
        Set<EvidenceKind> evidence = evidence(context);
        return inFolder(folder -> {
            try (Parts parts = parts(context, folder)) {
                List<String> inputs = store(parts, folder);
                Optional<SessionsBody> json = json(folder);
                Optional<Path> table = table(folder);
                if (inputs.isEmpty() && table.isEmpty()) {
                    throw Problem.badRequest("there is no part with a recording");
                }
                if (rate.isPresent() && table.isPresent()) {
                    throw Problem.badRequest(
                            "rate does not apply to a table of sessions: its column sample_rate_hz does");
                }
                return locate(inputs, table, json, rate, evidence, model, folder);
            }
        });
    }

    /**
     * Locates the transmitters of sessions that have no recordings: by levels and bearings.
     *
     * @param sessions of the request's body
     * @param model which stays open
     */
    Predicted locate(Context context, SessionsBody sessions, OnnxModel model) throws IOException {
        if (rate(context).isPresent()) {
            throw Problem.badRequest("rate does not apply to sessions: their field sample_rate_hz does");
        }
        Set<EvidenceKind> evidence = evidence(context);
        return inFolder(folder -> locate(
                List.of(),
                Optional.of(write(sessions, folder)),
                Optional.of(sessions),
                OptionalDouble.empty(),
                evidence,
                model,
                folder));
    }

    /** What is done in a folder of its own. */
    private interface Work {
        Predicted in(Path folder) throws IOException;
    }

    private Predicted inFolder(Work work) throws IOException {
        if (!room.tryAcquire()) {
            throw Problem.busy("the recordings of other requests are being read", 5);
        }
        try {
            Path folder = Files.createTempDirectory("heimdall-recordings");
            try {
                return work.in(folder);
            } finally {
                Directories.delete(folder);
            }
        } finally {
            room.release();
        }
    }

    /** Returns the sessions of a part in JSON, and writes them as a table beside the recordings. */
    private static Optional<SessionsBody> json(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(RecordingPredictions::isJson).toList();
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        if (files.size() > 1) {
            throw Problem.badRequest(files.size() + " parts are sessions in JSON, expected one at most");
        }
        if (Files.size(files.get(0)) > MOST_OF_TABLE) {
            throw Problem.badRequest("the sessions are more than the " + MOST_OF_TABLE + " bytes allowed");
        }
        SessionsBody sessions = SessionsBody.of(Files.readAllBytes(files.get(0)));
        if (sessions.model().isPresent() || sessions.modelName().isPresent()) {
            throw Problem.badRequest("a part with sessions names no model; the parameters model and model_name do");
        }
        write(sessions, folder);
        return Optional.of(sessions);
    }

    private static Path write(SessionsBody sessions, Path folder) throws IOException {
        byte[] table = sessions.table();
        if (table.length > MOST_OF_TABLE) {
            throw Problem.badRequest("the sessions are, as a table, more than the " + MOST_OF_TABLE + " bytes allowed");
        }
        Path file = folder.resolve("sessions.csv");
        if (Files.exists(file)) {
            throw Problem.badRequest("2 parts are tables of sessions, expected one at most");
        }
        return Files.write(file, table);
    }

    private Parts parts(Context context, Path folder) {
        MultiPartConfig limits = new MultiPartConfig.Builder()
                .location(folder)
                .maxParts(MOST_PARTS)
                .maxSize(most)
                .maxPartSize(most)
                .maxMemoryPartSize(MOST_IN_MEMORY)
                .maxHeadersSize(MOST_OF_HEADERS)
                .build();
        try {
            return MultiPartFormData.getParts(
                    ReceivedBody.of(context).source(), new Attributes.Mapped(), context.contentType(), limits);
        } catch (CompletionException | IllegalStateException | IllegalArgumentException e) {
            throw Problem.badRequest("the body is no multipart/form-data of at most " + MOST_PARTS + " parts, each with"
                    + " a name and at most " + MOST_OF_HEADERS + " bytes of headers");
        }
    }

    private static List<String> store(Parts parts, Path folder) throws IOException {
        List<String> inputs = new ArrayList<>();
        int number = 0;
        for (Part part : parts) {
            number++;
            String station = part.getName();
            if (station == null || !STATION.matcher(station).matches()) {
                throw Problem.badRequest("part " + number + " is not named after a station");
            }
            if (part.getFileName() == null) {
                throw Problem.badRequest("part '" + station + "' is no file: it has no file name");
            }
            Path file = folder.resolve(safe(part.getFileName()));
            if (Files.exists(file)) { // the same name from two stations
                file = Files.createDirectory(folder.resolve("part-" + number)).resolve(file.getFileName());
            }
            part.writeTo(file);
            boolean samplesOfSigmf = file.toString().endsWith(".sigmf-data"); // named by its metadata
            if (file.toString().toLowerCase(Locale.ROOT).endsWith("_metadata.json")) {
                throw Problem.badRequest("the part '" + Answers.shown(part.getFileName())
                        + "' is metadata of a recording, which a table or JSON of sessions states here: leave it out");
            }
            if (!samplesOfSigmf && !isTable(file) && !isJson(file)) {
                inputs.add(station.equals(ANY_STATION) ? file.toString() : station + "=" + file);
            }
        }
        return inputs;
    }

    /** The last part of a name, for its ending tells the format; nothing in it leads elsewhere. */
    private static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = UNSAFE.matcher(last).replaceAll("_");
        String visible = plain.startsWith(".") || plain.isEmpty() ? "recording" + plain : plain;
        return visible.length() <= 100 ? visible : visible.substring(visible.length() - 100);
    }

    /** Returns the rate that a request gives for recordings that do not say theirs. */
    static OptionalDouble rate(Context context) {
        String text = context.queryParam("rate");
        if (text == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(StrictNumber.decimal(text)
                .filter(RATE::admits)
                .orElseThrow(() -> Problem.badRequest(
                        "rate is '" + Answers.shown(text) + "', expected " + RATE.expected() + ", samples a second")));
    }

    /** Returns the kinds of evidence that a request wants. */
    static Set<EvidenceKind> evidence(Context context) {
        String text = context.queryParam("evidence");
        Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            kinds.add(Arrays.stream(EvidenceKind.values())
                    .filter(kind -> kind.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Problem.badRequest("evidence is '" + Answers.shown(text)
                            + "', expected some of levels, delays, bearings with commas between them")));
        }
        return kinds.isEmpty() ? EnumSet.allOf(EvidenceKind.class) : kinds;
    }

    private static boolean isTable(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }

    private static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    /** Returns the table among the stored parts. */
    private static Optional<Path> table(Path folder) throws IOException {
        List<Path> tables;
        try (Stream<Path> files = Files.walk(folder)) {
            tables = files.filter(RecordingPredictions::isTable).toList();
        }
        if (tables.size() > 1) {
            throw Problem.badRequest(tables.size() + " parts are tables of sessions, expected one at most");
        }
        for (Path table : tables) {
            if (Files.size(table) > MOST_OF_TABLE) {
                throw Problem.badRequest(
                        "the table of sessions is larger than the " + MOST_OF_TABLE + " bytes allowed");
            }
        }
        return tables.stream().findFirst();
    }

    private static Predicted locate(
            List<String> inputs,
            Optional<Path> table,
            Optional<SessionsBody> json,
            OptionalDouble rate,
            Set<EvidenceKind> evidence,
            OnnxModel model,
            Path folder) {
        try {
            LocalSessions sessions =
                    table.isPresent() ? sessions(table.get(), json, folder) : LooseRecordings.read(inputs, rate);
            try (SessionLocalizer localizer =
                    SessionLocalizer.with(model, sessions.recordings(), FeatureCache.none())) {
                SessionPredictor predictor = new SessionPredictor(localizer, sessions.recordings(), evidence);
                LooseRecordings.checkHeard(
                        sessions.sessions().stream()
                                .filter(session -> !predictor.mayFuse(session))
                                .toList(),
                        localizer.stations());
                List<String> warnings = new ArrayList<>();
                List<Prediction> predictions = predictor.predict(sessions.sessions(), warnings::add);
                if (predictions.isEmpty() && !warnings.isEmpty()) {
                    throw new IllegalArgumentException(String.join("; ", warnings));
                }
                return new Predicted(
                        predictions,
                        warnings.stream()
                                .map(warning -> warning.replace(folder + "/", ""))
                                .toList(),
                        sessions.sessions().stream().map(localizer::placed).toList());
            }
        } catch (IllegalArgumentException | DatasetException | IOException e) {
            String message = String.valueOf(e.getMessage()).replace(folder + "/", "");
            throw new Problem(422, "Unprocessable content", message);
        }
    }

    /** Reads a table, whose recordings are all parts of the same request. */
    private static LocalSessions sessions(Path table, Optional<SessionsBody> json, Path folder) throws IOException {
        for (Path recording : TableRecordings.of(table)) {
            boolean part = folder.equals(recording.getParent()) && Files.isRegularFile(recording);
            if (!part) {
                throw new IllegalArgumentException("the table names the recording '"
                        + Answers.shown(recording.toString().replace(folder + "/", ""))
                        + "', of which there is no part with that file name; file names have letters, digits, '.', '_'"
                        + " and '-'");
            }
        }
        LocalSessions sessions = LocalSessions.read(table, (done, of) -> {});
        if (!sessions.refused().isEmpty()) {
            RefusedRow row = sessions.refused().get(0);
            throw new IllegalArgumentException(
                    json.map(body -> body.place(row.line()) + " cannot be used: " + row.reason())
                            .orElse("a row of the table cannot be used: " + row));
        }
        if (sessions.sessions().size() > MOST_SESSIONS) {
            throw new IllegalArgumentException(
                    "the table has " + sessions.sessions().size() + " sessions, expected at most " + MOST_SESSIONS);
        }
        return sessions;
    }
}
