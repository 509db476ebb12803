package io.heimdall.pipeline.modelfile;

import io.heimdall.export.FrontEnd;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.RecordingModel;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.WholeFile;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.input.Producer;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes a model file that reads recordings of one rate and length in the place of their spectrograms, and compares what it makes of
 * them with Heimdall's features.
 *
 * @param rateHz of the recordings, above 0
 * @param seconds of the recordings, above 0
 */
public record RecordingExport(double rateHz, double seconds) {
    /** The largest difference from Heimdall's features, of what is at most {@link #WITHIN_DB} below the largest value of a column. */
    public static final double TOLERANCE_DB = 1e-3;

    /** Farther below the largest value, the rounding of 32-bit numbers is more than {@link #TOLERANCE_DB}. */
    public static final double WITHIN_DB = 60;

    private static final String ABSENT = "absent_db";
    private static final int COMPARED_STATIONS = 2;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the one that is out of its range
     */
    public RecordingExport {
        if (!(rateHz > 0) || !Double.isFinite(rateHz)) {
            throw new IllegalArgumentException("--rate " + rateHz + " is not a number above 0, in hertz");
        }
        if (!(seconds > 0) || !(rateHz * seconds < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "--seconds " + seconds + " is not above 0, or too many samples at " + rateHz + " Hz");
        }
    }

    /** Returns the samples of each recording. */
    public int samples() {
        return Math.toIntExact(Math.round(rateHz * seconds));
    }

    /**
     * Writes the file, aside and then renamed.
     *
     * @param model that reads spectrograms, of any precision
     * @return the largest difference that {@link #TOLERANCE_DB} limits, decibels
     * @throws IllegalArgumentException if the model reads no spectrograms of complex recordings, or the recordings are too short or too
     *     long for it
     * @throws PipelineException if the features within the file differ from Heimdall's by more; nothing is written then
     * @throws IOException if a file cannot be read or written
     */
    public double write(Path model, Path out) throws IOException {
        return write(model, out, new FileNames(model, out));
    }

    /**
     * Writes the file as {@link #write(Path, Path)} does.
     *
     * @param names of the files in messages
     */
    public double write(Path model, Path out, FileNames names) throws IOException {
        try (OnnxModel opened = OnnxModel.open(model, 1)) {
            ModelDescription description = opened.description();
            FeatureExtractor features = features(names.model(), description);
            FrontEnd front = front(features, description);
            return WholeFile.make(out, aside -> {
                RecordingModel.write(model, names.model().toString(), aside, front, rateHz);
                return compare(aside, names.out(), features, description.input().producer());
            });
        }
    }

    private FeatureExtractor features(Path model, ModelDescription description) {
        String text = description.input().parameters().get("feature_parameters");
        if (text == null) {
            throw new IllegalArgumentException(
                    model + " does not say how its features are computed: it cannot read recordings");
        }
        FeatureParameters parameters = FeatureParameters.parse(text);
        if (!parameters.sides().complex()) {
            throw new IllegalArgumentException(
                    model + " reads features of real signals (" + text + "), expected IQ recordings");
        }
        return FeatureExtractor.of(parameters, rateHz);
    }

    private FrontEnd front(FeatureExtractor features, ModelDescription description) {
        FeatureParameters parameters = features.parameters();
        features.frames(samples()); // refuses a recording that is too short
        double[] weights = features.bank();
        FloatTensor bank = FloatTensor.zeros(parameters.mels(), parameters.fftLength());
        IntStream.range(0, weights.length).forEach(i -> bank.values()[i] = (float) weights[i]);
        String absent = description.input().parameters().get(ABSENT);
        return new FrontEnd(
                samples(),
                features.hopSamples(samples()),
                parameters.frames(),
                bank,
                absent == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(absent)));
    }

    /** Compares noise with a carrier, loud and weak: the last station's recording is a hundredth of the first one's. */
    private double compare(Path file, Path out, FeatureExtractor features, String producerId) throws IOException {
        Random random = new Random(0);
        Producer producer = Producers.named(producerId);
        Map<String, FloatTensor> given = new LinkedHashMap<>();
        try (OnnxModel model = OnnxModel.open(file, 1)) {
            for (TensorSpec spec : model.inputs()) {
                int[] shape = IntStream.concat(
                                IntStream.of(1),
                                spec.axes().stream()
                                        .mapToInt(axis -> axis.isFree() ? COMPARED_STATIONS : axis.length()))
                        .toArray();
                FloatTensor tensor = FloatTensor.zeros(shape);
                boolean iq = spec.name().equals(RecordingModel.RECORDINGS);
                for (int i = 0; i < tensor.values().length; i++) {
                    tensor.values()[i] = iq ? sample(i, random) : producer.plausible(spec, random);
                }
                given.put(spec.name(), tensor);
            }
        }
        FloatTensor found = RecordingModel.spectrograms(file, given);
        double largest = difference(given.get(RecordingModel.RECORDINGS), found, features);
        if (!(largest <= TOLERANCE_DB)) {
            throw new PipelineException(String.format(
                    Locale.ROOT,
                    "%s was not written: its features of recordings of %d samples differ by %.2g dB from Heimdall's,"
                            + " allowed are %.0e",
                    out,
                    samples(),
                    largest,
                    TOLERANCE_DB));
        }
        return largest;
    }

    private float sample(int at, Random random) {
        int n = at / 2 % samples();
        double angle = 2 * Math.PI * 0.1234 * n + (at % 2 == 0 ? 0 : -Math.PI / 2);
        double scale = at / 2 < samples() ? 1 : 0.01;
        return (float) (scale * (0.5 * Math.cos(angle) + 0.05 * random.nextGaussian()));
    }

    /**
     * Returns the largest difference between spectrograms and Heimdall's features of the same recordings.
     *
     * @param recordings (1, stations, samples, 2)
     * @param found (1, stations, bands, columns), decibels
     * @return decibels, of what is at most {@link #WITHIN_DB} below the largest value of its column
     */
    static double difference(FloatTensor recordings, FloatTensor found, FeatureExtractor features) throws IOException {
        int stations = recordings.shape()[1];
        int length = recordings.values().length / stations;
        double largest = 0;
        for (int station = 0; station < stations; station++) {
            float[] iq = Arrays.copyOfRange(recordings.values(), station * length, (station + 1) * length);
            float[] expected = new float[features.size()];
            try (Recording recording = Recordings.of(iq, true, 1)) {
                features.extract(recording, 0, expected, features.newScratch());
            }
            int columns = features.parameters().frames();
            for (int column = 0; column < columns; column++) {
                int at = column;
                double peak = IntStream.range(0, features.parameters().mels())
                        .mapToDouble(band -> expected[band * columns + at])
                        .max()
                        .orElseThrow();
                for (int i = column; i < expected.length; i += columns) {
                    if (expected[i] >= peak - WITHIN_DB) {
                        largest = Math.max(
                                largest, Math.abs(found.values()[station * expected.length + i] - expected[i]));
                    }
                }
            }
        }
        return largest;
    }
}
