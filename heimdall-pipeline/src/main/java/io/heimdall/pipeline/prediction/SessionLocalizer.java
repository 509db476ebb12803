package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.export.Location;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.RecordingModel;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.OrderedResults;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.Batches;
import io.heimdall.model.network.SetNet;
import io.heimdall.pipeline.input.Assembler;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Locates sessions with a model file, with the same features as in training.
 *
 * <p>For one thread.
 */
public final class SessionLocalizer implements AutoCloseable {
    private static final int BATCH = 32;

    /** A grid beside the network takes some megabytes for each session of a batch. */
    private static final int BATCH_WITH_GRID = 4;

    private final OnnxModel model;
    private final Producer producer;
    private final Assembler assembler;
    private final OrderedWork workers;
    private final boolean closesModel;
    private final int batch;
    private final Optional<RecordingFeatures> features;

    private SessionLocalizer(
            OnnxModel model, boolean closesModel, ObjectFiles objects, FeatureCache cache, int threads) {
        if (model.metadata().containsKey(RecordingModel.SAMPLES)) {
            throw new IllegalArgumentException(
                    "the model file reads recordings themselves (export --input iq), for programs without Heimdall's"
                            + " features; expected is one that reads features (export --input features)");
        }
        this.model = model;
        this.closesModel = closesModel;
        this.batch = model.description().extra().containsKey(LogPool.KEY) ? BATCH_WITH_GRID : BATCH;
        this.producer = Producers.named(model.description().input().producer());
        AtomicReference<RecordingFeatures> used = new AtomicReference<>();
        this.assembler = Producers.restore(model.description().input(), parameters -> {
            used.set(new RecordingFeatures(objects, parameters, cache));
            return used.get();
        });
        this.features = Optional.ofNullable(used.get());
        this.workers = new OrderedWork("sample-loader", threads);
    }

    /** Opens a model with a thread for each processor. */
    public static SessionLocalizer open(Path onnx, ObjectFiles objects, FeatureCache cache) throws IOException {
        return open(onnx, objects, cache, processors());
    }

    /**
     * Opens a model.
     *
     * @param onnx a file that a training has exported
     * @param objects where the sessions' recordings are
     * @param cache of features
     * @param threads that compute features, and as many that the model computes with, at least 1
     * @throws IOException if the file cannot be read
     * @throws io.heimdall.model.ModelException if it is no such model
     */
    public static SessionLocalizer open(Path onnx, ObjectFiles objects, FeatureCache cache, int threads)
            throws IOException {
        OnnxModel model = OnnxModel.open(onnx, threads);
        try {
            return new SessionLocalizer(model, true, objects, cache, threads);
        } catch (IllegalArgumentException e) {
            model.close();
            throw new IllegalArgumentException(onnx + ": " + e.getMessage(), e);
        }
    }

    /**
     * Works with a model that is open, and stays so when this is closed.
     *
     * @param model that a training has exported
     * @param objects where the sessions' recordings are
     * @param cache of features
     */
    public static SessionLocalizer with(OnnxModel model, ObjectFiles objects, FeatureCache cache) {
        return with(model, objects, cache, processors());
    }

    /**
     * Works with a model that is open, and stays so when this is closed.
     *
     * @param model that a training has exported
     * @param objects where the sessions' recordings are
     * @param cache of features
     * @param threads that compute features, at least 1
     */
    public static SessionLocalizer with(OnnxModel model, ObjectFiles objects, FeatureCache cache, int threads) {
        return new SessionLocalizer(model, false, objects, cache, threads);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Returns the model. */
    public OnnxModel model() {
        return model;
    }

    /** Returns the stations that the model knows; none where it takes any. */
    public List<String> stations() {
        return assembler.stations();
    }

    /** Returns whether a session has something that the model takes. */
    public boolean takes(Session session) {
        return producer.takes(session);
    }

    /** Returns a session with the positions that the model knows, of stations that do not tell theirs. */
    public Session placed(Session session) {
        boolean placed = session.measurements().stream()
                .noneMatch(measurement -> measurement.station().position().equals(LooseRecordings.NOWHERE));
        return placed
                ? session
                : assembler.observations(session).stream()
                        .map(Observation::session)
                        .findFirst()
                        .orElse(session);
    }

    /**
     * Says that sessions have nothing that the model takes.
     *
     * @param sessions in words: {@code the 12 sessions}
     */
    public String nothingIn(String sessions) {
        return "the model takes " + producer.wanted() + ", of which there are none in " + sessions;
    }

    /**
     * Returns the signal-to-noise ratio of each session's clearest recording, decibels: as its quality was measured, otherwise as the
     * model's features tell it.
     *
     * @return empty where nothing is recorded, nothing stands out of the noise, or the model reads no spectrograms
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    public List<OptionalDouble> signalToNoiseDb(List<Session> sessions) {
        return new SignalRatios(sessions, features).inDecibels();
    }

    /** What the model reads of a session; {@code last} where nothing else of the session follows. */
    private record Row<T>(Session session, Observation observation, boolean last, T given) {
        <U> Row<U> with(Function<Observation, U> giving) {
            return new Row<>(session, observation, last, giving.apply(observation));
        }

        Estimate estimate(Location location) {
            Session read = observation.session();
            List<Station> heard = read.measurements().stream()
                    .filter(measurement -> !measurement.isSilence())
                    .map(Measurement::station)
                    .toList();
            return new Estimate(observation.id(), read.id(), read.source(), heard, location);
        }
    }

    /**
     * Locates sessions; one that no station of the model heard gives no estimate.
     *
     * @param done is told how many estimates are made
     * @return one estimate per sample of the model's layout, in the sessions' order
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    public List<Estimate> locate(List<Session> sessions, LongConsumer done) {
        List<Estimate> all = new ArrayList<>();
        this.<RuntimeException>locate(sessions, (session, estimates) -> {
            all.addAll(estimates);
            done.accept(all.size());
        });
        return all;
    }

    /**
     * Locates sessions, and gives the estimates of each session away once its batch is computed. No more than the samples of three
     * batches are held at a time.
     *
     * @param answers is given, in the sessions' order, those that some station of the model heard, each with one estimate per sample
     *     of the model's layout
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     * @throws X from {@code answers}
     */
    public <X extends Exception> void locate(List<Session> sessions, AnswerConsumer<Estimate, X> answers) throws X {
        try (OrderedResults<Row<Map<String, FloatTensor>>> given =
                workers.start(rows(sessions), 2 * batch, row -> row.with(assembler::given))) {
            List<Estimate> own = new ArrayList<>();
            while (given.hasNext()) {
                List<Row<Map<String, FloatTensor>>> rows = new ArrayList<>(batch);
                while (rows.size() < batch && given.hasNext()) {
                    rows.add(given.next());
                }
                List<Location> locations = model.predict(Batches.stack(
                        model.inputs(), rows.stream().map(Row::given).toList()));
                for (int i = 0; i < rows.size(); i++) {
                    own.add(rows.get(i).estimate(locations.get(i)));
                    if (rows.get(i).last()) {
                        answers.accept(rows.get(i).session(), List.copyOf(own));
                        own.clear();
                    }
                }
            }
        }
    }

    private Stream<Row<Void>> rows(List<Session> sessions) {
        return sessions.stream().flatMap(session -> {
            List<Observation> observations = assembler.observations(session);
            return IntStream.range(0, observations.size())
                    .mapToObj(i -> new Row<Void>(session, observations.get(i), i == observations.size() - 1, null));
        });
    }

    /**
     * Returns what the model reads of sessions.
     *
     * @param size samples of a batch, at least 1; the last one may have fewer
     * @return batches in the sessions' order, each a map from the model's inputs to tensors (batch, axes...)
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    public List<Map<String, FloatTensor>> given(List<Session> sessions, int size) {
        List<Observation> observations = sessions.stream()
                .flatMap(session -> assembler.observations(session).stream())
                .toList();
        List<Map<String, FloatTensor>> batches = new ArrayList<>();
        List<Map<String, FloatTensor>> rows = new ArrayList<>();
        try (OrderedResults<Map<String, FloatTensor>> tensors =
                workers.start(observations, 2 * batch, assembler::given)) {
            while (tensors.hasNext()) {
                rows.add(tensors.next());
                if (rows.size() == size || !tensors.hasNext()) {
                    batches.add(Batches.stack(model.inputs(), rows));
                    rows.clear();
                }
            }
        }
        return batches;
    }

    /** Returns how many stations heard each session; the same for all where the model's input does not tell. */
    public List<Integer> stations(List<Session> sessions) {
        boolean told = model.inputs().stream().anyMatch(spec -> spec.name().equals(SetNet.HEARD));
        return sessions.stream()
                .map(session -> told ? session.levels().size() : 0)
                .toList();
    }

    @Override
    public void close() {
        workers.close();
        features.ifPresent(RecordingFeatures::flush);
        if (closesModel) {
            model.close();
        }
    }
}
