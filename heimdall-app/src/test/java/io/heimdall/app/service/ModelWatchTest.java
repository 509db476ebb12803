package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.app.jobs.JobStatus;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.monitor.GainDrift;
import io.heimdall.pipeline.monitor.ModelMonitor;
import io.heimdall.pipeline.monitor.MonitorReport;
import io.heimdall.pipeline.monitor.Warning;
import io.heimdall.pipeline.training.TrainingSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} says of the model that answers what {@code heimdall monitor} says. */
class ModelWatchTest {
    private static final String PREFIX = "heimdall_monitor_";

    /** In the middle of the simulated sessions, which start every ten minutes. */
    private static final Instant SINCE = Instant.parse("2026-01-01T03:05:00Z");

    @TempDir
    private Path directory;

    private static ServiceOptions watching() {
        Duration window = Duration.between(SINCE, Instant.now());
        return ServiceOptions.local(0).withMonitor(Optional.of(new MonitorOptions(Duration.ofMillis(200), window)));
    }

    /** Returns the values of the monitor in Prometheus' text, by name and labels. */
    private static Map<String, Double> values(RunningService service) throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        service.client()
                .get("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith(PREFIX))
                .forEach(line -> {
                    int end = line.lastIndexOf(' ');
                    String number = line.substring(end + 1);
                    values.put(
                            line.substring(PREFIX.length(), end),
                            number.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number));
                });
        return values;
    }

    @Test
    void metricsAreThoseOfTheMonitorsReport() throws Exception {
        try (RunningService service = RunningService.start(directory, 1, watching())) {
            assertThat(values(service)).containsKey("warning{finding=\"any\"}");
            Map<String, Double> none = await(service, "looks_total{outcome=\"nothing\"}");
            assertThat(none.get("sessions")).isNaN();

            String job = service.client()
                    .post("/train", RunningService.SMALL)
                    .json()
                    .path("task_id")
                    .asText();
            assertThat(service.jobs().await(job, Duration.ofMinutes(5)).status())
                    .isEqualTo(JobStatus.SUCCEEDED);
            Map<String, Double> values = await(service, "looks_total{outcome=\"found\"}");
            MonitorReport report = new ModelMonitor(
                            service.services().sessions(), service.services().tracker(), TrainingSettings.MODEL_NAME)
                    .look("1", SINCE, PipelineListener.NONE);

            CancelledAtOnce cancelled = new CancelledAtOnce();
            assertThatThrownBy(() -> new ModelMonitor(
                                    service.services().sessions(),
                                    service.services().tracker(),
                                    TrainingSettings.MODEL_NAME)
                            .look("1", SINCE, cancelled))
                    .isInstanceOf(CancellationException.class);
            assertThat(cancelled.began).isFalse();

            assertThat(values.get("version")).isEqualTo(1);
            assertThat(values.get("time_seconds")).isCloseTo(Instant.now().getEpochSecond(), within(300.0));
            assertThat(values.get("sessions")).isEqualTo(report.sessions()).isPositive();
            assertThat(values.get("located")).isEqualTo(report.located());
            assertThat(values.get("outside")).isEqualTo(report.outside());
            assertThat(values.get("outside_share"))
                    .isCloseTo((double) report.outside() / report.located(), within(1e-9));
            assertThat(values.get("confirmed")).isEqualTo(report.confirmed()).isPositive();
            assertThat(values.get("covered")).isEqualTo(report.covered());
            assertThat(values.get("coverage")).isCloseTo((double) report.covered() / report.confirmed(), within(1e-9));
            assertThat(values.get("error_p50_metres"))
                    .isCloseTo(report.medianErrorM().orElseThrow(), within(1e-6));
            assertThat(values.get("warning{finding=\"any\"}"))
                    .isEqualTo(report.warning().ordinal());
            assertThat(report.drifts()).isNotEmpty();
            for (GainDrift drift : report.drifts()) {
                String station = "{station=\"" + drift.station() + "\"}";
                assertThat(values.get("gain_drift_decibels" + station)).isCloseTo(drift.driftDb(), within(1e-9));
                assertThat(values.get("gain_error_decibels" + station)).isEqualTo(drift.errorDb());
            }
        }
    }

    /** Is cancelled while the monitor reads the catalogue. */
    private static final class CancelledAtOnce implements PipelineListener {
        private boolean began;

        @Override
        public void begin(Phase phase, long steps) {
            began = true;
        }

        @Override
        public boolean cancelled() {
            return true;
        }
    }

    private static Map<String, Double> await(RunningService service, String counter)
            throws IOException, InterruptedException {
        Map<String, Double> values = values(service);
        for (int i = 0; i < 600 && !(values.get(counter) > 0); i++) {
            Thread.sleep(50);
            values = values(service);
        }
        assertThat(values.get(counter)).isPositive();
        return values;
    }

    @Test
    void withoutAMonitorThereAreNoGauges() throws IOException, InterruptedException {
        try (RunningService service = RunningService.start(directory, 0, ServiceOptions.local(0))) {
            assertThat(values(service)).isEmpty();
        }
        assertThatThrownBy(() -> new MonitorOptions(Duration.ZERO, Duration.ofDays(30)))
                .hasMessageContaining("are not both above 0");
    }

    /** The alert of the documentation is on this counter; a time is NaN without a look that found something. */
    @Test
    void looksAreCountedFromZero() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MonitorGauges gauges = new MonitorGauges(registry);
        assertThat(looks(registry, "found")).isZero();
        assertThat(looks(registry, "failed")).isZero();

        gauges.nothing();

        assertThat(looks(registry, "nothing")).isEqualTo(1);
        assertThat(looks(registry, "found")).isZero();
    }

    private static double looks(SimpleMeterRegistry registry, String outcome) {
        return registry.get("heimdall.monitor.looks")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void aStationThatIsNotSeenAnyMoreHasNoGauge() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MonitorGauges gauges = new MonitorGauges(registry);
        MonitorReport strange = new MonitorReport(
                "v1",
                12,
                List.of(new GainDrift("a", 9, 7.5, 0.5)),
                Map.of("new \"one\"", 3),
                12,
                1,
                0,
                0,
                OptionalDouble.empty());

        gauges.found(strange, 4, Instant.EPOCH);
        assertThat(registry.get("heimdall.monitor.unseen").gauge().value()).isEqualTo(3);
        assertThat(level(registry, "any")).isEqualTo(Warning.ALARM.ordinal());
        assertThat(level(registry, "stations")).isEqualTo(Warning.WARNING.ordinal());
        assertThat(level(registry, "coverage")).isZero();
        assertThat(registry.get("heimdall.monitor.coverage").gauge().value()).isNaN();

        gauges.failed();
        assertThat(registry.get("heimdall.monitor.version").gauge().value()).isEqualTo(4);

        gauges.nothing();
        assertThat(registry.find("heimdall.monitor.unseen").gauges()).isEmpty();
        assertThat(registry.find("heimdall.monitor.gain.drift").gauges()).isEmpty();
        assertThat(registry.get("heimdall.monitor.version").gauge().value()).isNaN();
    }

    private static double level(SimpleMeterRegistry registry, String finding) {
        return registry.get("heimdall.monitor.warning")
                .tag("finding", finding)
                .gauge()
                .value();
    }
}
