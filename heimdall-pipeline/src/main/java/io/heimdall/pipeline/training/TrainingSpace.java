package io.heimdall.pipeline.training;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.FloatTensor;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The room on the disk that a training takes.
 *
 * @param source of the sessions
 * @param working directory that is on the disk
 * @param settings of the training
 */
record TrainingSpace(SessionSource source, WorkingDirectory working, TrainingSettings settings) {
    /** Copies of the weights: two checkpoints with the optimiser's moments, while one takes the other's place, and the best. */
    private static final long WEIGHTS_KEPT = 7;

    private static final long MARGIN_BYTES = 64L << 20;
    /** Of the features of one recording. */
    private static final long FEATURES_BYTES = 128 * 32 * Float.BYTES + 512;
    /** Where so much is free beside the weights, the recordings need not be counted. */
    private static final long PLENTY_BYTES = 16L << 30;
    /** Recordings whose features are looked for. */
    private static final int SAMPLE = 32;

    /**
     * Checks that there is room.
     *
     * @param kept bytes that the training has taken already
     * @throws PipelineException if there is not
     * @throws IOException if the disk cannot be asked
     */
    void check(long kept) throws IOException {
        long free = Files.getFileStore(working.path()).getUsableSpace();
        require(bytesNeeded(kept, free), free);
    }

    /**
     * Returns about how much a training takes: checkpoints, the model, and the features that are not kept yet, which are counted only
     * where it is short.
     *
     * @param kept bytes that it has taken already
     * @param free bytes
     */
    long bytesNeeded(long kept, long free) throws IOException {
        long weights = settings.example().parameters().stream()
                .mapToLong(parameter -> FloatTensor.elements(parameter.shape()))
                .sum();
        long networks = settings.data().folds().orElse(1);
        int averages = settings.plan().updates().averageDecay().isPresent() ? 2 : 0; // of both last checkpoints
        long copies = WEIGHTS_KEPT + settings.plan().best().keep() - 1 + averages;
        long needed = networks * copies * Float.BYTES * weights + MARGIN_BYTES - kept;
        if (free - needed > PLENTY_BYTES) {
            return needed;
        }
        Recordings recordings = recordings();
        return needed + (long) (FEATURES_BYTES * recordings.count() * (1 - keptShare(recordings.first())));
    }

    void require(long needed, long free) {
        if (free < needed) {
            throw new PipelineException("a training of " + settings.network() + " needs about " + megabytes(needed)
                    + " for features, checkpoints and the model, and " + megabytes(free) + " are free in "
                    + working.path() + "; make room there, or take a workspace on another disk");
        }
    }

    /** Returns which share of the recordings has its features computed already, by a sample; 0 where that cannot be found out. */
    double keptShare() {
        return keptShare(recordings().first());
    }

    private double keptShare(List<Measurement> first) {
        RecordingFeatures features =
                new RecordingFeatures(source.objects(), FeatureParameters.network(), source.features());
        List<Measurement> sample = EvenSample.of(first, SAMPLE);
        int kept = 0;
        try {
            for (Measurement recording : sample) {
                kept += features.areKept(recording) ? 1 : 0;
            }
        } catch (IOException | IllegalArgumentException unknown) { // whoever needs the recordings or the store says so
            return 0;
        }
        return sample.isEmpty() ? 0 : (double) kept / sample.size();
    }

    /**
     * The recordings that a training takes.
     *
     * @param count of all
     * @param first of each session
     */
    private record Recordings(long count, List<Measurement> first) {}

    private Recordings recordings() {
        long count = 0;
        List<Measurement> first = new ArrayList<>();
        try (Stream<Session> sessions =
                source.catalog().sessions(settings.data().filter())) {
            for (Session session : (Iterable<Session>) sessions::iterator) {
                count += session.recordings().size();
                session.measurements().stream()
                        .filter(measurement -> measurement.recorded().isPresent())
                        .findFirst()
                        .ifPresent(first::add);
            }
        }
        return new Recordings(count, first);
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
