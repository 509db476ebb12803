package io.heimdall.app.service;

import io.heimdall.app.jobs.JobStatus;
import io.heimdall.app.jobs.TrainingJobs;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Prometheus may ask: requests, jobs, the queue of predictions, the JVM. */
final class Measurements implements AutoCloseable {
    private static final String UNKNOWN_PATH = "none";
    private static final Duration SHADOW_WINDOW = Duration.ofDays(1);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final TrainingJobs jobs;
    private final DistributionSummary shadowDistances;
    private final Counter shadowBeyond;
    private Map<JobStatus, Long> counted = Map.of();

    Measurements(TrainingJobs jobs, PredictionQueue predictions, JobEvents events, Connections connections) {
        this.jobs = jobs;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        Gauge.builder("heimdall.predictions.waiting", predictions, PredictionQueue::waiting)
                .description("Predictions that wait for their turn")
                .register(registry);
        Gauge.builder("heimdall.events.streams", events, JobEvents::count)
                .description("Open streams of events")
                .register(registry);
        Gauge.builder("heimdall.connections", connections, Connections::count)
                .description("Open connections")
                .register(registry);
        shadowDistances = DistributionSummary.builder("heimdall.shadow.distance")
                .baseUnit("metres")
                .description("Distance between the places of the model that answers and of the second model")
                .publishPercentiles(0.5, 0.9)
                .distributionStatisticExpiry(SHADOW_WINDOW)
                .register(registry);
        shadowBeyond = Counter.builder("heimdall.shadow.beyond")
                .description("Places of the second model beyond the 95 % region of the model that answers")
                .register(registry);
        for (JobStatus status : JobStatus.values()) {
            Gauge.builder("heimdall.jobs", this, self -> self.counted.getOrDefault(status, 0L))
                    .description("Training jobs")
                    .tag("status", status.word())
                    .register(registry);
        }
    }

    /** Counts a request by the pattern of its path, of which there are few; never by what a caller types. */
    void request(Context context, double millis) {
        Endpoint matched = context.endpoints().lastHttpEndpoint();
        String path = matched == null ? UNKNOWN_PATH : matched.path;
        count(context.method().name(), path, context.statusCode(), millis);
    }

    /** Counts a request that was not let in. */
    void refused(String method, int status) {
        count(method, UNKNOWN_PATH, status, 0);
    }

    private void count(String method, String path, int status, double millis) {
        registry.timer(
                        "http.server.requests",
                        List.of(
                                Tag.of("method", METHODS.contains(method) ? method : "other"),
                                Tag.of("uri", path),
                                Tag.of("status", Integer.toString(status))))
                .record((long) (millis * 1e6), TimeUnit.NANOSECONDS);
    }

    /**
     * Counts a place that a second model has found.
     *
     * @param metres from the place of the model that answered
     * @param beyond whether it is beyond that model's region of 95 %
     */
    void shadowed(double metres, boolean beyond) {
        shadowDistances.record(metres);
        shadowBeyond.increment(beyond ? 1 : 0);
    }

    /** Returns gauges for what a monitor says; without it there are none. */
    MonitorGauges monitored() {
        return new MonitorGauges(registry);
    }

    /** Counts a prediction that a second model should have answered, by one of few reasons. */
    void shadowMissed(String reason) {
        registry.counter("heimdall.shadow.missed", List.of(Tag.of("reason", reason)))
                .increment();
    }

    synchronized String text() {
        counted = jobs.count();
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
