package io.heimdall.pipeline.input;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.MeasuredFeatures;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.LevelStatistics;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.SetNet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stations of a session as a set.
 *
 * <p>A network without an embedding learns from level statistics, which are computed once and kept: a spectrogram is read for
 * them at the first use only.
 */
final class SetAssembler implements Assembler {
    private final SetParameters parameters;
    private final RecordingFeatures recordings;
    private final MeasuredFeatures features;
    private final InputSpec input;
    private final boolean spectrograms;
    private final StationReports reports;
    private final KnownPlaces places;
    private final Map<String, Integer> numbers;
    private final Map<Measurement, float[]> statistics;

    SetAssembler(SetParameters parameters, RecordingFeatures recordings) {
        this(parameters, recordings, recordings, SetInput.of(parameters), true, new ConcurrentHashMap<>());
    }

    private SetAssembler(
            SetParameters parameters,
            RecordingFeatures recordings,
            MeasuredFeatures features,
            InputSpec input,
            boolean spectrograms,
            Map<Measurement, float[]> statistics) {
        this.parameters = parameters;
        this.recordings = recordings;
        this.features = features;
        this.input = input;
        this.spectrograms = spectrograms;
        this.reports = StationReports.of(parameters);
        this.numbers = parameters.numbers();
        this.places = new KnownPlaces(parameters.stations(), parameters.carrierHz());
        this.statistics = statistics;
    }

    @Override
    public InputSpec input() {
        return input;
    }

    @Override
    public Assembler reading(NetworkSpec network) {
        return new SetAssembler(
                parameters,
                recordings,
                features,
                input.reading(network.inputs()),
                readsSpectrograms(network),
                statistics);
    }

    static boolean readsSpectrograms(NetworkSpec network) {
        return network.inputs().stream().anyMatch(spec -> spec.name().equals(SetNet.SPECTROGRAM));
    }

    @Override
    public List<String> stations() {
        return List.of();
    }

    @Override
    public List<Observation> observations(Session session) {
        return session.levels().isEmpty() ? List.of() : List.of(new Observation(session.id(), places.of(session)));
    }

    @Override
    public Map<String, FloatTensor> given(Observation observation) {
        List<StationReport> stations = reports.of(observation.session());
        int count = stations.size();
        int size = parameters.features().mels() * parameters.features().frames();
        float[] decibels = new float[count * size];
        float[] position = new float[2 * count];
        float[] heard = new float[count];
        float[] recorded = new float[count];
        float[] inService = new float[count];
        float[] level = new float[count];
        float[] index = new float[count];
        Arrays.fill(decibels, FeatureParameters.FLOOR_DB);
        for (int i = 0; i < count; i++) {
            StationReport report = stations.get(i);
            position[2 * i] = (float) report.place().latitude();
            position[2 * i + 1] = (float) report.place().longitude();
            inService[i] = 1;
            heard[i] = report.heard() ? 1 : 0;
            recorded[i] = report.recorded() ? 1 : 0;
            index[i] = number(report.station());
            if (report.recorded()) {
                System.arraycopy(spectrogram(observation, report), 0, decibels, i * size, size);
            } else if (report.heard()) {
                level[i] = (float) report.levelDb();
            }
        }
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        given.put(
                SetInput.DECIBELS,
                FloatTensor.of(
                        decibels,
                        count,
                        parameters.features().mels(),
                        parameters.features().frames()));
        given.put(SetInput.POSITION, FloatTensor.of(position, count, 2));
        given.put(SetInput.HEARD, FloatTensor.of(heard, count));
        given.put(SetInput.RECORDED, FloatTensor.of(recorded, count));
        given.put(SetInput.IN_SERVICE, FloatTensor.of(inService, count));
        given.put(SetInput.LEVEL, FloatTensor.of(level, count));
        given.put(SetInput.INDEX, FloatTensor.of(index, count));
        given.put(
                SetInput.FREQUENCY,
                FloatTensor.of(new float[] {(float) observation.session().frequencyHz()}));
        return given;
    }

    @Override
    public Map<String, FloatTensor> learned(Observation observation, Augmentation augmentation, long seed) {
        List<StationReport> stations = reports.of(observation.session());
        SetTensors tensors = new SetTensors(stations.size(), spectrograms, parameters);
        SetVariation variation = SetVariation.of(augmentation, stations.size(), new SplittableRandom(seed));
        double octaves = parameters.octaves(observation.session());
        LocalPlane plane = parameters.plane();
        for (int i = 0; i < stations.size(); i++) {
            if (!variation.present(i)) {
                continue;
            }
            StationReport report = stations.get(i);
            tensors.station(
                    i,
                    plane.east(report.place().longitude()) / parameters.planeScaleM(),
                    plane.north(report.place().latitude()) / parameters.planeScaleM(),
                    octaves,
                    variation.unseen(i) ? numbers.size() : number(report.station()));
            if (report.recorded()) {
                hear(tensors, i, observation, report, variation.offsetDb(i));
            } else if (report.heard()) {
                tensors.level(i, report.levelDb() + variation.offsetDb(i));
            }
        }
        return tensors.byName();
    }

    /** Returns none for networks that learn from level statistics alone, which are kept. */
    @Override
    public Optional<Spectrograms> spectrograms() {
        return spectrograms
                ? Optional.of(new Spectrograms(
                        recordings,
                        observation -> observation.session().measurements().stream()
                                .filter(m -> m.recorded().isPresent())
                                .toList(),
                        elsewhere -> new SetAssembler(parameters, recordings, elsewhere, input, true, statistics)))
                : Optional.empty();
    }

    /** Returns none for networks that read spectrograms: what is drawn is their statistics. */
    @Override
    public Optional<SimulatedSource> simulated(
            List<Observation> training, String origin, OrderedWork workers, GroupBy groupBy, int size, long seed) {
        if (spectrograms) {
            return Optional.empty();
        }
        SetWorld world = SetWorld.fitted(parameters, training, groupBy, this::spectrogram, seed);
        return Optional.of(new SimulatedSessions(world, input, parameters, workers, size, origin));
    }

    private int number(String station) {
        return numbers.getOrDefault(station, numbers.size());
    }

    /** Puts in what a station recorded; a spectrogram is read once at the most, and not at all where its statistics are kept. */
    private void hear(SetTensors tensors, int i, Observation observation, StationReport report, double offsetDb) {
        Measurement measurement = report.measurement().orElseThrow();
        float[] known = statistics.get(measurement);
        if (spectrograms || known == null) {
            float[] decibels = spectrogram(observation, report);
            if (known == null) {
                known = LevelStatistics.of(
                        decibels,
                        parameters.features().mels(),
                        parameters.features().frames());
                statistics.put(measurement, known);
            }
            if (spectrograms) {
                tensors.spectrogram(i, decibels, offsetDb);
            }
        }
        tensors.recording(i, known, offsetDb);
    }

    private float[] spectrogram(Observation observation, StationReport report) {
        try {
            return features.of(report.measurement().orElseThrow());
        } catch (DatasetException e) {
            String session = "session " + observation.id();
            throw new DatasetException(session, session + ": " + e.getMessage(), e, e.mayPassLater());
        }
    }

    @Override
    public String fingerprint(Observation observation) {
        StringBuilder text = new StringBuilder();
        for (StationReport report : reports.of(observation.session())) {
            text.append(report.station()).append(report.place());
            report.measurement()
                    .ifPresent(m -> text.append(m.recorded()
                            .map(r ->
                                    r.key() + " " + r.calibrationDb() + r.part().canonical())
                            .orElse("level " + report.levelDb())));
            text.append('\0');
        }
        return text.append(observation.session().frequencyHz()).toString();
    }

    @Override
    public String fingerprint() {
        return input.parameters().toString();
    }
}
