package io.heimdall.app.service;

import io.heimdall.export.Location;
import io.heimdall.export.OnnxModel;
import io.heimdall.model.FloatTensor;
import io.heimdall.pipeline.input.GivenNumbers;
import io.heimdall.tracking.ModelVersion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code /predict}: features or recordings to positions. */
final class PredictRoutes {
    private final ModelChoice models;
    private final OpenModels open;
    private final PredictionQueue queue;
    private final RecordingPredictions recordings;
    private final Shadow shadow;

    PredictRoutes(
            ModelChoice models,
            OpenModels open,
            PredictionQueue queue,
            RecordingPredictions recordings,
            Shadow shadow) {
        this.shadow = shadow;
        this.models = models;
        this.open = open;
        this.queue = queue;
        this.recordings = recordings;
    }

    void register(RoutesConfig routes) {
        routes.post("/predict", this::predict);
        routes.get("/models", this::list);
    }

    private void predict(Context context) throws IOException {
        RecordingPredictions.rate(context); // a bad one is refused, even where it is not needed
        RecordingPredictions.evidence(context);
        LocationViews views = LocationViews.wanted(context);
        String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) {
            recordings(context, views);
        } else if (type.startsWith("application/json")) {
            byte[] json = ReceivedBody.of(context).bytes();
            if (SessionsBody.isOne(json)) {
                sessions(context, SessionsBody.of(json), views);
                return;
            }
            PredictBody body = FeatureBody.json(json);
            features(context, version(context, body.model(), body.modelName()), body, views);
        } else if (type.startsWith("application/octet-stream")) {
            ModelVersion version = version(context, Optional.empty(), Optional.empty());
            features(
                    context, version, FeatureBody.bytes(ReceivedBody.of(context).bytes()), views);
        } else if (type.startsWith(TensorBody.TYPE)) {
            ModelVersion version = version(context, Optional.empty(), Optional.empty());
            features(context, version, TensorBody.of(ReceivedBody.of(context).bytes()), views);
        } else {
            throw new Problem(
                    415,
                    "Unsupported media type",
                    "expected features as application/json, application/octet-stream or " + TensorBody.TYPE
                            + ", or recordings as multipart/form-data");
        }
    }

    /** Returns the version that the path names, or else the body. */
    private ModelVersion version(Context context, Optional<String> model, Optional<String> name) {
        return models.version(
                Optional.ofNullable(context.queryParam("model")).or(() -> model),
                Optional.ofNullable(context.queryParam("model_name")).or(() -> name));
    }

    private void features(Context context, ModelVersion version, PredictBody body, LocationViews views)
            throws IOException {
        List<Location> locations = open.use(version, model -> {
            Map<String, FloatTensor> batch = checked(model, body.batch(model.inputs()));
            views.check(batch.values().iterator().next().rows());
            return queue.predict(model, batch);
        });
        if (shadow.isNext()) {
            shadow.later(
                    version,
                    locations.stream().map(ShadowPlace::of).toList(),
                    other -> open.use(other, model -> queue.predict(model, body.batch(model.inputs()))).stream()
                            .map(ShadowPlace::of)
                            .toList());
        }
        answer(context, version, views.of(locations), List.of());
    }

    /** Returns a batch whose numbers the model has. */
    static Map<String, FloatTensor> checked(OnnxModel model, Map<String, FloatTensor> batch) {
        try {
            GivenNumbers.check(model.description().input(), batch);
        } catch (IllegalArgumentException e) {
            throw Problem.conflict(e.getMessage());
        }
        return batch;
    }

    private void recordings(Context context, LocationViews views) throws IOException {
        ModelVersion version = version(context, Optional.empty(), Optional.empty());
        answer(context, version, located(version, model -> recordings.locate(context, model)), views);
    }

    private void sessions(Context context, SessionsBody body, LocationViews views) throws IOException {
        ModelVersion version = version(context, body.model(), body.modelName());
        answer(context, version, located(version, model -> recordings.locate(context, body, model)), views);
    }

    /** Locates by a version, and at once by its shadow if it is its turn: recordings go with the request. */
    private Predicted located(ModelVersion version, OpenModels.Use<Predicted> locate) throws IOException {
        Predicted predicted = open.use(version, locate);
        if (shadow.isNext()) {
            shadow.now(version, places(predicted), other -> places(open.use(other, locate)));
        }
        return predicted;
    }

    private static List<ShadowPlace> places(Predicted predicted) {
        return predicted.predictions().stream().map(ShadowPlace::of).toList();
    }

    private static void answer(Context context, ModelVersion version, Predicted predicted, LocationViews views) {
        answer(context, version, views.of(predicted), predicted.warnings());
    }

    private static void answer(
            Context context, ModelVersion version, List<Map<String, Object>> locations, List<String> warnings) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", version.name());
        model.put("version", version.version());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", model);
        answer.put("locations", locations);
        if (!warnings.isEmpty()) {
            answer.put("warnings", warnings);
        }
        Answers.json(context, 200, answer);
    }

    private void list(Context context) {
        String name = Optional.ofNullable(context.queryParam("name"))
                .orElse(io.heimdall.pipeline.training.TrainingSettings.MODEL_NAME);
        List<Map<String, Object>> versions = new ArrayList<>();
        List<ModelVersion> all = models.versions(name);
        for (int i = all.size() - 1; i >= 0; i--) { // the newest first
            ModelVersion version = all.get(i);
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("version", version.version());
            view.put("run_id", version.runId());
            view.put("created_at", version.created().toString());
            view.put("aliases", version.aliases().stream().sorted().toList());
            versions.add(view);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", name);
        answer.put(
                "default_version",
                ModelChoice.usual(all).map(ModelVersion::version).orElse(null));
        answer.put("versions", versions);
        Answers.json(context, 200, answer);
    }
}
