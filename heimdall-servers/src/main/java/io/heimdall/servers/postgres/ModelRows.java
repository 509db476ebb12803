package io.heimdall.servers.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.ModelRun;
import io.heimdall.files.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Results of trainings to rows of {@code models} and back. */
final class ModelRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelRows() {}

    static void write(Handle handle, String training, ModelResult result) {
        String dataset = result.trainingDataset()
                .map(name -> handle.createQuery("SELECT id FROM heimdall.training_datasets WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findFirst()
                        .orElseThrow(() -> new DatasetException("the result of model " + result.name()
                                + " names the training dataset '" + name + "', which is not there")))
                .orElse(null);
        handle.createUpdate("""
                        INSERT INTO heimdall.models (id, model_name, model_type, training_dataset_id, mlflow_run_id,
                            mlflow_experiment_id, onnx_model_location, accuracy_meters, accuracy_sigma_meters,
                            loss_value, epoch, hyperparameters, performance_metrics, is_active, is_production,
                            created_at, updated_at)
                        VALUES (:id, :name, :type, :dataset, :run, :experiment, :model, :accuracy, :sigma, :loss,
                            :epoch, :hyperparameters, :metrics, true, false, now(), now())
                        ON CONFLICT (id) DO UPDATE SET model_type = excluded.model_type,
                            training_dataset_id = excluded.training_dataset_id,
                            mlflow_run_id = CASE WHEN excluded.mlflow_run_id = :training AND models.mlflow_run_id IS NOT NULL
                                THEN models.mlflow_run_id ELSE excluded.mlflow_run_id END,
                            mlflow_experiment_id = CASE WHEN excluded.mlflow_run_id = :training
                                THEN models.mlflow_experiment_id ELSE excluded.mlflow_experiment_id END,
                            onnx_model_location = excluded.onnx_model_location,
                            accuracy_meters = excluded.accuracy_meters,
                            accuracy_sigma_meters = excluded.accuracy_sigma_meters,
                            loss_value = excluded.loss_value, epoch = excluded.epoch,
                            hyperparameters = excluded.hyperparameters,
                            performance_metrics = excluded.performance_metrics, updated_at = now()""")
                .bind("id", id(training, result.name()))
                .bind("training", training)
                .bind("name", result.name())
                .bind("type", result.type())
                .bind("dataset", dataset)
                .bind("run", result.mlflowRunId())
                .bind("experiment", boxed(result.mlflowExperimentId()))
                .bind("model", result.model().toString())
                .bind("accuracy", boxed(result.accuracyMetres()))
                .bind("sigma", boxed(result.sigmaMetres()))
                .bind("loss", result.loss())
                .bind("epoch", result.epoch())
                .bind("hyperparameters", json(result.hyperparameters()))
                .bind("metrics", json(result.metrics()))
                .execute();
    }

    /** Of the training and not of where its run is, which is corrected. */
    private static String id(String training, String name) {
        return RowValues.uuid("model", training + "/" + name);
    }

    static int locate(Handle handle, Collection<ModelRun> runs) {
        PreparedBatch batch = handle.prepareBatch("""
                        UPDATE heimdall.models SET mlflow_run_id = :run, mlflow_experiment_id = :experiment, updated_at = now()
                         WHERE id = :id AND (mlflow_run_id IS DISTINCT FROM CAST(:run AS varchar)
                            OR mlflow_experiment_id IS DISTINCT FROM CAST(:experiment AS int))""");
        for (ModelRun run : runs) {
            batch.bind("id", id(run.training(), run.model()))
                    .bind("run", run.mlflowRunId())
                    .bind("experiment", boxed(run.mlflowExperimentId()))
                    .add();
        }
        return Arrays.stream(batch.execute()).sum();
    }

    static List<ModelResult> read(Handle handle, String name) {
        return handle.createQuery("""
                        SELECT m.*, d.name AS dataset FROM heimdall.models m
                          LEFT JOIN heimdall.training_datasets d ON d.id = m.training_dataset_id
                         WHERE m.model_name = :name AND m.mlflow_run_id IS NOT NULL
                           AND m.onnx_model_location IS NOT NULL
                         ORDER BY m.created_at DESC, m.id""")
                .bind("name", name)
                .map((row, context) -> result(row))
                .list();
    }

    private static ModelResult result(ResultSet row) throws SQLException {
        int experiment = row.getInt("mlflow_experiment_id");
        OptionalInt known = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(experiment);
        String type = row.getString("model_type");
        return new ModelResult(
                row.getString("model_name"),
                type == null ? "" : type,
                row.getString("mlflow_run_id"),
                known,
                Optional.ofNullable(row.getString("dataset")),
                ObjectKey.parse(row.getString("onnx_model_location")),
                number(row, "accuracy_meters"),
                number(row, "accuracy_sigma_meters"),
                row.getDouble("loss_value"),
                row.getInt("epoch"),
                map(row.getString("hyperparameters"), new TypeReference<>() {}),
                map(row.getString("performance_metrics"), new TypeReference<>() {}));
    }

    private static Integer boxed(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    private static Double boxed(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static String json(Map<String, ?> map) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(map));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private static <T> Map<String, T> map(String json, TypeReference<Map<String, T>> type) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new DatasetException(
                    "heimdall.models holds JSON that is no object of values: " + e.getOriginalMessage(), e);
        }
    }
}
