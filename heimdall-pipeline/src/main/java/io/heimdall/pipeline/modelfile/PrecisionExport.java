package io.heimdall.pipeline.modelfile;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.Precision;
import io.heimdall.export.SmallerModel;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a model file in another precision, unless it locates the validation sessions worse than the file in 32-bit floating point.
 *
 * <p>The ranges of 8-bit numbers are those of training sessions. Both sides of the split are those of the model's training; of an
 * ensemble, those of its first member.
 *
 * @param source of the sessions
 */
public record PrecisionExport(SessionSource source) {
    private static final int CALIBRATION_SESSIONS = 128;
    private static final int CALIBRATION_BATCH = 8;
    private static final int TIMED_SAMPLES = 8;
    private static final int TIMED_RUNS = 96;

    /**
     * Writes the file, aside and then renamed.
     *
     * @param float32 the model file
     * @param out in an existing directory
     * @param precision any but {@link Precision#FLOAT32}
     * @throws PipelineException if the median error would grow by more than {@link PrecisionCost#MOST_ERROR} or the coverage of a region
     *     move by more than {@link PrecisionCost#MOST_COVERAGE}, or there are no sessions to tell: nothing is written then
     * @throws IOException if a file cannot be read or written
     */
    public PrecisionCost write(Path float32, Path out, Precision precision) throws IOException {
        return write(float32, out, precision, new FileNames(float32, out));
    }

    /**
     * Writes the file as {@link #write(Path, Path, Precision)} does.
     *
     * @param names of the files in messages
     */
    public PrecisionCost write(Path float32, Path out, Precision precision, FileNames names) throws IOException {
        try (SessionLocalizer before = SessionLocalizer.open(float32, source.objects(), source.features())) {
            SplitSessions split = split(names.model(), before);
            requireSessions(split);
            List<Map<String, FloatTensor>> calibration = precision == Precision.INT8
                    ? before.given(EvenSample.of(split.training(), CALIBRATION_SESSIONS), CALIBRATION_BATCH)
                    : List.of();
            return WholeFile.make(out, aside -> {
                smaller(float32, aside, precision, calibration, names.out());
                PrecisionCost cost = cost(float32, before, aside, precision, split.validation());
                if (!cost.isAcceptable()) {
                    throw new PipelineException(names.out() + ": " + cost.refusal());
                }
                return cost;
            });
        }
    }

    private static void smaller(
            Path float32, Path aside, Precision precision, List<Map<String, FloatTensor>> calibration, Path shown)
            throws IOException {
        try {
            SmallerModel.write(float32, aside, precision, calibration);
        } catch (IllegalArgumentException e) { // a weight does not fit
            throw new PipelineException(shown + ": " + precision + " was not written: " + e.getMessage(), e);
        }
    }

    private SplitSessions split(Path shown, SessionLocalizer localizer) {
        ModelDescription description = localizer.model().description();
        String filter = description.extra().get(FilterFields.METADATA);
        List<Session> sessions = (filter == null
                        ? Selection.of(source.catalog(), SessionFilter.all())
                        : Selection.of(source.catalog(), FilterFields.parse(filter)))
                .sessions().stream().filter(localizer::takes).toList();
        return SplitSessions.all(sessions, SplitSessions.ruleOf(shown, description))
                .get(0);
    }

    private static void requireSessions(SplitSessions split) {
        if (split.training().isEmpty() || split.validation().isEmpty()) {
            throw new PipelineException(
                    "another precision than float32 is calibrated on training sessions and judged on validation"
                            + " sessions of the workspace, which has "
                            + split.training().size() + " and "
                            + split.validation().size() + " by " + split.rule().canonical());
        }
    }

    private PrecisionCost cost(
            Path float32, SessionLocalizer before, Path smaller, Precision precision, List<Session> validation)
            throws IOException {
        List<Estimate> expected = before.locate(validation, done -> {});
        if (expected.isEmpty()) {
            throw new PipelineException("the model locates none of the " + validation.size() + " validation sessions");
        }
        List<Map<String, FloatTensor>> timed = before.given(EvenSample.of(validation, TIMED_SAMPLES), 1);
        try (SessionLocalizer after = SessionLocalizer.open(smaller, source.objects(), source.features())) {
            List<Estimate> found = after.locate(validation, done -> {});
            double[] milliseconds = milliseconds(List.of(before.model(), after.model()), timed);
            return new PrecisionCost(
                    precision,
                    expected.size(),
                    FileQuality.of(Files.size(float32), milliseconds[0], Estimate.judged(expected)),
                    FileQuality.of(Files.size(smaller), milliseconds[1], Estimate.judged(found)));
        }
    }

    /** Returns the median time of each model for one sample; they take turns, so that other work on the machine slows both. */
    private static double[] milliseconds(List<OnnxModel> models, List<Map<String, FloatTensor>> samples) {
        List<List<Double>> times =
                models.stream().<List<Double>>map(model -> new ArrayList<>()).toList();
        for (int run = 0; run < TIMED_RUNS; run++) {
            for (int i = 0; i < models.size(); i++) {
                long begin = System.nanoTime();
                models.get(i).predict(samples.get(run % samples.size()));
                times.get(i).add((System.nanoTime() - begin) / 1e6);
            }
        }
        return times.stream()
                .mapToDouble(all ->
                        all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow())
                .toArray();
    }
}
