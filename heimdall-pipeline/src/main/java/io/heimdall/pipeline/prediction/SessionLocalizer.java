package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.ObjectFiles;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.ChannelLayout;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.dataset.sample.Sample;
import io.heimdall.dataset.sample.SampleLoader;
import io.heimdall.dataset.sample.SampleRecipe;
import io.heimdall.dataset.sample.SampleStream;
import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription.Input;
import io.heimdall.export.OnnxLocalizer;
import io.heimdall.pipeline.data.ModelInput;
import io.heimdall.pipeline.data.SessionSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A model file that locates sessions: from their recordings to positions, with the very features of its training.
 *
 * <p>For one thread.
 */
public final class SessionLocalizer implements AutoCloseable {
    private static final int BATCH = 32;

    private final OnnxLocalizer model;
    private final ChannelLayout layout;
    private final SampleLoader loader;
    private final boolean closesModel;

    private SessionLocalizer(OnnxLocalizer model, boolean closesModel, ObjectFiles objects, FeatureCache cache) {
        Input input = model.description().input();
        RecordingFeatures features = new RecordingFeatures(objects, ModelInput.features(input), cache);
        int threads = Runtime.getRuntime().availableProcessors();
        this.model = model;
        this.closesModel = closesModel;
        this.layout = ModelInput.layout(input);
        this.loader = new SampleLoader(features, input.absentDb(), threads);
    }

    /**
     * Opens a model.
     *
     * @param onnx a file that a training has exported
     * @param objects where the sessions' recordings are
     * @param cache of features
     * @throws IOException if the file cannot be read
     * @throws io.heimdall.model.ModelException if it is no such model
     */
    public static SessionLocalizer open(Path onnx, ObjectFiles objects, FeatureCache cache) throws IOException {
        OnnxLocalizer model = OnnxLocalizer.open(onnx);
        try {
            return new SessionLocalizer(model, true, objects, cache);
        } catch (IllegalArgumentException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Works with a model that is open, and stays so when this is closed.
     *
     * @param model that a training has exported
     * @param objects where the sessions' recordings are
     * @param cache of features
     */
    public static SessionLocalizer with(OnnxLocalizer model, ObjectFiles objects, FeatureCache cache) {
        return new SessionLocalizer(model, false, objects, cache);
    }

    /** Returns the model. */
    public OnnxLocalizer model() {
        return model;
    }

    /**
     * Locates sessions; one that no station of the model heard gives no estimate.
     *
     * @param done is told how many estimates are made
     * @return one estimate per sample of the model's layout, in the sessions' order
     * @throws io.heimdall.dataset.DatasetException naming the recording that cannot be read
     */
    public List<Estimate> locate(List<Session> sessions, LongConsumer done) {
        List<SampleRecipe> recipes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Session session : sessions) {
            for (SampleRecipe recipe : layout.recipes(session)) {
                recipes.add(recipe);
                ids.add(session.id());
            }
        }
        List<Estimate> estimates = new ArrayList<>(recipes.size());
        try (SampleStream samples = loader.open(recipes, 2 * BATCH)) {
            while (samples.hasNext()) {
                List<Sample> batch = new ArrayList<>(BATCH);
                while (batch.size() < BATCH && samples.hasNext()) {
                    batch.add(samples.next());
                }
                List<Location> found = model.predict(
                        SessionSamples.decibels(batch, model.description().input()));
                for (int row = 0; row < batch.size(); row++) {
                    Sample sample = batch.get(row);
                    estimates.add(
                            new Estimate(sample.id(), ids.get(estimates.size()), sample.position(), found.get(row)));
                }
                done.accept(estimates.size());
            }
        }
        return estimates;
    }

    @Override
    public void close() {
        loader.close();
        if (closesModel) {
            model.close();
        }
    }
}
