package io.heimdall.app.service;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.OnnxLocalizer;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Locates the transmitter of uploaded recordings: a part for each, named after its station, or {@code recording} for a model that
 * takes any. They lie in a folder of their own until they are answered, under names that the caller does not choose freely.
 */
final class RecordingPredictions {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern STATION = Pattern.compile("[^=\\p{Cntrl}]{1,100}");
    private static final String ANY_STATION = "recording";
    private static final int AT_A_TIME = 4;
    private static final int MOST_PARTS = 64;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final long most;

    RecordingPredictions(ServiceOptions options) {
        this.most = options.largestRecordings();
    }

    /**
     * Locates the transmitter of the recordings in a request's body.
     *
     * @param model which stays open
     */
    List<Estimate> locate(Context context, OnnxLocalizer model) throws IOException {
        if (context.req().getContentLengthLong() > most) {
            throw Problem.tooLarge(most);
        }
        if (!room.tryAcquire()) {
            throw Problem.busy("recordings of others are being read", 5);
        }
        Path folder = Files.createTempDirectory("heimdall-recordings");
        try {
            List<String> inputs = store(parts(context), folder);
            if (inputs.isEmpty()) {
                throw Problem.badRequest("there is no part with a recording");
            }
            return locate(inputs, rate(context), model, folder);
        } finally {
            room.release();
            delete(folder);
        }
    }

    private static Map<String, List<UploadedFile>> parts(Context context) {
        try {
            return context.uploadedFileMap();
        } catch (RuntimeException e) { // Jetty: too large, or no multi-part body
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            if (root instanceof TimeoutException) {
                throw Problem.tooSlow();
            }
            String why = String.valueOf(root.getMessage());
            throw why.contains("max length") || why.contains("exceed")
                    ? new Problem(413, "Content too large", "the recordings are larger than allowed")
                    : Problem.badRequest("the body is no multipart/form-data: "
                            + why.lines().findFirst().orElse(""));
        }
    }

    private List<String> store(Map<String, List<UploadedFile>> parts, Path folder) throws IOException {
        List<String> inputs = new ArrayList<>();
        long left = most;
        int number = 0;
        for (Map.Entry<String, List<UploadedFile>> part : parts.entrySet()) {
            if (!STATION.matcher(part.getKey()).matches()) {
                throw Problem.badRequest("a part's name is no name of a station");
            }
            for (UploadedFile upload : part.getValue()) {
                if (++number > MOST_PARTS) {
                    throw Problem.badRequest("there are more than " + MOST_PARTS + " parts");
                }
                Path file = folder.resolve(safe(upload.filename()));
                if (Files.exists(file)) { // the same name from two stations
                    file = Files.createDirectory(folder.resolve("part-" + number))
                            .resolve(file.getFileName());
                }
                try (InputStream in = upload.content()) {
                    left -= Files.copy(in, file);
                }
                if (left < 0) {
                    throw Problem.tooLarge(most);
                }
                boolean samplesOfSigmf = file.toString().endsWith(".sigmf-data"); // named by its metadata
                if (!samplesOfSigmf) {
                    inputs.add(part.getKey().equals(ANY_STATION) ? file.toString() : part.getKey() + "=" + file);
                }
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

    private static OptionalDouble rate(Context context) {
        String text = context.queryParam("rate");
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate <= 1e10) {
                return OptionalDouble.of(rate);
            }
        } catch (NumberFormatException e) { // answered below
        }
        throw Problem.badRequest("rate is not a number of samples a second");
    }

    private static List<Estimate> locate(List<String> inputs, OptionalDouble rate, OnnxLocalizer model, Path folder) {
        try {
            LocalSessions sessions = LooseRecordings.read(inputs, rate);
            try (SessionLocalizer localizer =
                    SessionLocalizer.with(model, sessions.recordings(), FeatureCache.none())) {
                LooseRecordings.checkHeard(
                        sessions.sessions(), model.description().input().stations());
                return localizer.locate(sessions.sessions(), done -> {});
            }
        } catch (IllegalArgumentException | DatasetException | IOException e) {
            String message = String.valueOf(e.getMessage()).replace(folder + "/", "");
            throw new Problem(422, "Unprocessable content", message);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
