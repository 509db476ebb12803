package io.heimdall.pipeline.data;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.sample.Sample;
import io.heimdall.dataset.sample.SampleLoader;
import io.heimdall.dataset.sample.SampleRecipe;
import io.heimdall.dataset.sample.SampleStream;
import io.heimdall.export.ModelDescription;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.model.train.SampleSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The sessions of one side of the split as the trainer's batches: standardised features and targets.
 *
 * @param recipes of the samples, each with a position
 * @param loader that makes them, ahead of the trainer
 * @param description that standardises them
 * @param augmentation of what is learned from; {@link Augmentation#NONE} where the model is judged
 */
public record SessionSamples(
        List<SampleRecipe> recipes, SampleLoader loader, ModelDescription description, Augmentation augmentation)
        implements SampleSource {

    /** Copies the list. */
    public SessionSamples {
        recipes = List.copyOf(recipes);
    }

    @Override
    public int size() {
        return recipes.size();
    }

    /** Returns a digest of all that the samples follow from. */
    @Override
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, description.input().toString() + description.output() + augmentation);
            for (SampleRecipe recipe : recipes) {
                add(digest, recipe.id() + recipe.position());
                recipe.channels().forEach(channel -> add(digest, text(channel)));
            }
            return size() + " samples " + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(Optional<Measurement> channel) {
        return channel.map(
                        m -> m.recording() + " " + m.calibrationDb() + m.part().canonical())
                .orElse("absent");
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    @Override
    public BatchCursor open(int[] order, int batchSize, long seed) {
        List<SampleRecipe> ordered = IntStream.of(order).mapToObj(recipes::get).toList();
        SampleStream samples = loader.open(ordered, 2 * batchSize);
        return new BatchCursor() {
            private long drawn;

            @Override
            public boolean hasNext() {
                return samples.hasNext();
            }

            @Override
            public Batch next() {
                List<Sample> rows = new ArrayList<>(batchSize);
                while (rows.size() < batchSize && samples.hasNext()) {
                    rows.add(augmented(samples.next(), seed + drawn++));
                }
                return batch(rows);
            }

            @Override
            public void close() {
                samples.close();
            }
        };
    }

    private Sample augmented(Sample sample, long seed) {
        FeatureParameters parameters = ModelInput.features(description.input());
        augmentation.apply(sample.features(), sample.present(), parameters.mels(), parameters.frames(), seed);
        return sample;
    }

    private Batch batch(List<Sample> rows) {
        float[] targets = new float[2 * rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            GeoPoint place = rows.get(row).position().orElseThrow();
            Targets.write(place, description.output(), targets, 2 * row);
        }
        FloatTensor decibels = decibels(rows, description.input());
        standardise(decibels.values(), description.input());
        return new Batch(
                decibels,
                FloatTensor.of(targets, rows.size(), 2),
                rows.stream().map(Sample::id).toList());
    }

    /** Returns samples as one tensor in decibels, as model files take it: (samples, channels, mels, frames). */
    public static FloatTensor decibels(List<Sample> rows, ModelDescription.Input input) {
        FeatureParameters parameters = ModelInput.features(input);
        int channels = ModelInput.layout(input).channels();
        FloatTensor out = FloatTensor.zeros(rows.size(), channels, parameters.mels(), parameters.frames());
        int length = channels * parameters.mels() * parameters.frames();
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row).features(), 0, out.values(), row * length, length);
        }
        return out;
    }

    private static void standardise(float[] values, ModelDescription.Input input) {
        float mean = (float) input.meanDb();
        float deviation = (float) input.deviationDb();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - mean) / deviation;
        }
    }
}
