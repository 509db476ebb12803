package io.heimdall.tracking.mlflow;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.RefusedException;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service;

/** The experiments and runs of a server. What is sent twice, since an answer was lost, is there once. */
public final class MlflowRuns {
    /** Tag that names the record which a run on a server was made from: an id that no other record has. */
    public static final String ORIGIN = "heimdall.run";

    /** Limits of MLflow's log-batch: 1000 entities, of them 100 parameters and 100 tags, and 1 MB. */
    private static final int METRICS_PER_BATCH = 1000;

    private static final int TEXTS_PER_BATCH = 100;
    /** A character is at most six in JSON. */
    private static final int CHARACTERS_PER_BATCH = 150_000;

    private static final int PAGE = 1000;
    private static final int HISTORY_PAGE = 10_000;

    private final MlflowServer server;

    public MlflowRuns(MlflowServer server) {
        this.server = server;
    }

    /** A value of a metric with the metric's name. */
    public record Value(String metric, MetricPoint point) {}

    /** Finds or makes an experiment and returns its id. */
    public String experiment(String name) {
        return server.persist("experiment '" + name + "'", again -> {
            Optional<Service.Experiment> found = find(name);
            if (found.isPresent()) {
                if (found.get().getLifecycleStage().equals("deleted")) {
                    throw new TrackingException("experiment '" + name + "' is deleted on "
                            + server.connection().settings() + "; restore it there or take another name");
                }
                return found.get().getExperimentId();
            }
            try {
                return server.connection()
                        .post(
                                "experiments/create",
                                Service.CreateExperiment.newBuilder()
                                        .setName(name)
                                        .build(),
                                Service.CreateExperiment.Response.newBuilder())
                        .getExperimentId();
            } catch (RefusedException e) {
                if (e.is("RESOURCE_ALREADY_EXISTS")) {
                    return find(name).orElseThrow(() -> e).getExperimentId(); // another process was faster
                }
                throw e;
            }
        });
    }

    private Optional<Service.Experiment> find(String name) throws IOException, InterruptedException {
        try {
            return Optional.of(server.connection()
                    .get(
                            "experiments/get-by-name",
                            Service.GetExperimentByName.newBuilder()
                                    .setExperimentName(name)
                                    .build(),
                            Service.GetExperimentByName.Response.newBuilder())
                    .getExperiment());
        } catch (RefusedException e) {
            if (e.is("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns the active experiments: id and name. */
    public Map<String, String> experiments() {
        Map<String, String> names = new LinkedHashMap<>();
        String page = "";
        do {
            var answer = server.post(
                    "experiments/search",
                    Service.SearchExperiments.newBuilder()
                            .setMaxResults(PAGE)
                            .setPageToken(page)
                            .build(),
                    Service.SearchExperiments.Response.newBuilder());
            answer.getExperimentsList().forEach(found -> names.put(found.getExperimentId(), found.getName()));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return names;
    }

    /**
     * A run as the server has it.
     *
     * @param id the server's
     * @param artifactUri where its artifacts are
     * @param hasMetrics whether it has a value of any metric
     */
    public record Stored(String id, String artifactUri, boolean hasMetrics) {}

    /** Makes a run that may have been made before, as {@link #create} does. */
    public Stored createAgain(String experiment, String name, Instant start, Map<String, String> tags, String origin) {
        Service.Run run = create(experiment, name, start, tags, origin, false);
        return new Stored(
                run.getInfo().getRunId(),
                run.getInfo().getArtifactUri(),
                run.getData().getMetricsCount() > 0);
    }

    /**
     * Makes a run, or finds the one that was made from the same record.
     *
     * @param experiment id of its experiment
     * @param origin id of the record
     * @param fresh whether it cannot have been made before; then it is looked for only after a fault
     */
    Service.Run create(
            String experiment, String name, Instant start, Map<String, String> tags, String origin, boolean fresh) {
        Service.CreateRun.Builder request = Service.CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(name)
                .setUserId(tags.getOrDefault("mlflow.user", "unknown"))
                .setStartTime(start.toEpochMilli())
                .addTags(tag(ORIGIN, origin));
        tags.forEach((tag, value) -> request.addTags(tag(tag, value)));
        return server.persist("runs/create", again -> {
            List<Service.Run> former = again || !fresh ? madeFrom(experiment, origin) : List.of();
            return former.isEmpty()
                    ? server.connection()
                            .post("runs/create", request.build(), Service.CreateRun.Response.newBuilder())
                            .getRun()
                    : former.get(0);
        });
    }

    /** Deletes runs of the same origin: a request that was given up can still be carried out, later. */
    public void keepOnly(String run, String experiment, String origin) {
        server.persist("runs/delete", again -> {
            for (Service.Run other : madeFrom(experiment, origin)) {
                if (!other.getInfo().getRunId().equals(run)) {
                    server.connection()
                            .post(
                                    "runs/delete",
                                    Service.DeleteRun.newBuilder()
                                            .setRunId(other.getInfo().getRunId())
                                            .build(),
                                    Service.DeleteRun.Response.newBuilder());
                }
            }
            return null;
        });
    }

    private List<Service.Run> madeFrom(String experiment, String origin) throws IOException, InterruptedException {
        return server.connection()
                .post(
                        "runs/search",
                        Service.SearchRuns.newBuilder()
                                .addExperimentIds(experiment)
                                .setFilter("tags.`" + ORIGIN + "` = '" + origin + "'")
                                .setMaxResults(PAGE)
                                .build(),
                        Service.SearchRuns.Response.newBuilder())
                .getRunsList();
    }

    /** Returns all runs of some experiments, the latest first. */
    List<Service.Run> search(Collection<String> experiments) {
        List<Service.Run> runs = new ArrayList<>();
        String page = "";
        do {
            var answer = server.post(
                    "runs/search",
                    Service.SearchRuns.newBuilder()
                            .addAllExperimentIds(experiments)
                            .setMaxResults(PAGE)
                            .addOrderBy("attributes.start_time DESC")
                            .setPageToken(page)
                            .build(),
                    Service.SearchRuns.Response.newBuilder());
            runs.addAll(answer.getRunsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return runs;
    }

    Optional<Service.Run> get(String run) {
        try {
            return Optional.of(server.get(
                            "runs/get",
                            Service.GetRun.newBuilder().setRunId(run).build(),
                            Service.GetRun.Response.newBuilder())
                    .getRun());
        } catch (RefusedException e) {
            if (e.is("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public String experimentName(String experiment) {
        return server.get(
                        "experiments/get",
                        Service.GetExperiment.newBuilder()
                                .setExperimentId(experiment)
                                .build(),
                        Service.GetExperiment.Response.newBuilder())
                .getExperiment()
                .getName();
    }

    public void status(String run, RunStatus status, Optional<Instant> end) {
        Service.UpdateRun.Builder request =
                Service.UpdateRun.newBuilder().setRunId(run).setStatus(Service.RunStatus.forNumber(status.code()));
        end.ifPresent(time -> request.setEndTime(time.toEpochMilli()));
        server.post("runs/update", request.build(), Service.UpdateRun.Response.newBuilder());
    }

    public void params(String run, Map<String, String> params) {
        for (List<Map.Entry<String, String>> part : parts(params)) {
            Service.LogBatch.Builder batch = Service.LogBatch.newBuilder().setRunId(run);
            part.forEach(param -> batch.addParams(
                    Service.Param.newBuilder().setKey(param.getKey()).setValue(param.getValue())));
            server.post("runs/log-batch", batch.build(), Service.LogBatch.Response.newBuilder());
        }
    }

    public void tags(String run, Map<String, String> tags) {
        for (List<Map.Entry<String, String>> part : parts(tags)) {
            Service.LogBatch.Builder batch = Service.LogBatch.newBuilder().setRunId(run);
            part.forEach(tag -> batch.addTags(tag(tag.getKey(), tag.getValue())));
            server.post("runs/log-batch", batch.build(), Service.LogBatch.Response.newBuilder());
        }
    }

    private static List<List<Map.Entry<String, String>>> parts(Map<String, String> texts) {
        List<List<Map.Entry<String, String>>> parts = new ArrayList<>();
        int characters = CHARACTERS_PER_BATCH;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            int length = text.getKey().length() + text.getValue().length();
            characters += length;
            if (characters > CHARACTERS_PER_BATCH || parts.get(parts.size() - 1).size() == TEXTS_PER_BATCH) {
                parts.add(new ArrayList<>());
                characters = length;
            }
            parts.get(parts.size() - 1).add(text);
        }
        return parts;
    }

    /**
     * Sends values of metrics.
     *
     * @param doubtful whether the server may have some of them already; a fault makes the rest doubtful by itself
     */
    public void metrics(String run, List<Value> values, boolean doubtful) {
        for (int from = 0; from < values.size(); from += METRICS_PER_BATCH) {
            List<Value> part = values.subList(from, Math.min(from + METRICS_PER_BATCH, values.size()));
            server.persist("runs/log-batch", again -> {
                List<Value> missing = again || doubtful ? missing(run, part) : part;
                if (!missing.isEmpty()) {
                    Service.LogBatch.Builder batch =
                            Service.LogBatch.newBuilder().setRunId(run);
                    missing.forEach(value -> batch.addMetrics(Service.Metric.newBuilder()
                            .setKey(value.metric())
                            .setValue(value.point().value())
                            .setTimestamp(value.point().at().toEpochMilli())
                            .setStep(value.point().step())));
                    server.connection().post("runs/log-batch", batch.build(), Service.LogBatch.Response.newBuilder());
                }
                return null;
            });
        }
    }

    /** Not every server drops a value that it has already: one on a file store keeps both. */
    private List<Value> missing(String run, List<Value> values) throws IOException, InterruptedException {
        Map<String, Set<MetricPoint>> there = new HashMap<>();
        for (String metric : values.stream().map(Value::metric).collect(Collectors.toSet())) {
            there.put(metric, new HashSet<>(historyOnce(run, metric)));
        }
        return values.stream()
                .filter(value -> !there.get(value.metric()).contains(value.point()))
                .toList();
    }

    /** Returns the values of a metric by their times. */
    public List<MetricPoint> history(String run, String metric) {
        return server.persist("metrics/get-history", again -> historyOnce(run, metric));
    }

    private List<MetricPoint> historyOnce(String run, String metric) throws IOException, InterruptedException {
        List<MetricPoint> points = new ArrayList<>();
        String page = "";
        do {
            var answer = server.connection()
                    .get(
                            "metrics/get-history",
                            Service.GetMetricHistory.newBuilder()
                                    .setRunId(run)
                                    .setMetricKey(metric)
                                    .setMaxResults(HISTORY_PAGE)
                                    .setPageToken(page)
                                    .build(),
                            Service.GetMetricHistory.Response.newBuilder());
            answer.getMetricsList()
                    .forEach(found -> points.add(new MetricPoint(
                            Instant.ofEpochMilli(found.getTimestamp()), number(found.getValue()), found.getStep())));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return points;
    }

    /** Returns a number as it was recorded: MLflow's databases keep infinity as the largest number. */
    public static double number(double value) {
        return Math.abs(value) == Double.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
    }

    private static Service.RunTag tag(String name, String value) {
        return Service.RunTag.newBuilder().setKey(name).setValue(value).build();
    }
}
