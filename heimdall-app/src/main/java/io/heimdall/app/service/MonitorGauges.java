package io.heimdall.app.service;

import io.heimdall.pipeline.monitor.GainDrift;
import io.heimdall.pipeline.monitor.MonitorReport;
import io.heimdall.pipeline.monitor.Warning;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a monitor says of the model that answers, for Prometheus; NaN where it says nothing. */
final class MonitorGauges {
    private static final String NAME = "heimdall.monitor.";
    private static final String FOUND = "found";
    private static final String NOTHING = "nothing";
    private static final String FAILED = "failed";

    /** Counted from 0 on: an alert on a counter that is not there yet would never come. */
    private static final List<String> OUTCOMES = List.of(FOUND, NOTHING, FAILED);

    private final MeterRegistry registry;
    private final MultiGauge drifts;
    private final MultiGauge errors;
    private final MultiGauge unseen;
    private volatile Optional<Found> found = Optional.empty();

    /** What was found of a version, and when. */
    private record Found(MonitorReport report, int version, Instant at) {}

    MonitorGauges(MeterRegistry registry) {
        this.registry = registry;
        drifts = MultiGauge.builder(NAME + "gain.drift")
                .baseUnit("decibels")
                .description("Drift of a station's gain since the training, against the median of the stations")
                .register(registry);
        errors = MultiGauge.builder(NAME + "gain.error")
                .baseUnit("decibels")
                .description("Standard error of the drift; infinite with too few groups of sessions")
                .register(registry);
        unseen = MultiGauge.builder(NAME + "unseen")
                .description("New sessions that a station without a training session heard")
                .register(registry);
        gauge("version", "", "Version that was looked at", Found::version);
        gauge("time", "seconds", "When it was looked at, since 1970", last -> last.at.getEpochSecond());
        number("sessions", "", "New sessions", MonitorReport::sessions);
        number("located", "", "New sessions that the model located", MonitorReport::located);
        number("outside", "", "Of these, places outside of the training region", MonitorReport::outside);
        number(
                "outside.share",
                "",
                "Share of the located places that are outside of the training region",
                report -> share(report.outside(), report.located()));
        number("confirmed", "", "New sessions of a known place, not learned from", MonitorReport::confirmed);
        number("covered", "", "Of these, true places in the region of 90 %", MonitorReport::covered);
        number(
                "coverage",
                "",
                "Share of the confirmed places that are in the region of 90 %",
                report -> share(report.covered(), report.confirmed()));
        number(
                "error.p50",
                "metres",
                "Median error on the confirmed places",
                report -> report.medianErrorM().orElse(Double.NaN));
        warning("any", MonitorReport::warning);
        warning("gain", MonitorReport::driftWarning);
        warning("stations", MonitorReport::unseenWarning);
        warning("places", MonitorReport::outsideWarning);
        warning("coverage", MonitorReport::coverageWarning);
        OUTCOMES.forEach(this::looks);
    }

    private void warning(String finding, Function<MonitorReport, Warning> level) {
        gauge(
                "warning",
                Tags.of("finding", finding),
                "",
                "0: as expected, 1: a warning, 2: an alarm",
                last -> level.apply(last.report).ordinal());
    }

    private void number(String name, String unit, String what, ToDoubleFunction<MonitorReport> value) {
        gauge(name, unit, what, last -> value.applyAsDouble(last.report));
    }

    private void gauge(String name, String unit, String what, ToDoubleFunction<Found> value) {
        gauge(name, Tags.empty(), unit, what, value);
    }

    private void gauge(String name, Tags tags, String unit, String what, ToDoubleFunction<Found> value) {
        Gauge.builder(
                        NAME + name,
                        this,
                        self -> self.found.map(value::applyAsDouble).orElse(Double.NaN))
                .tags(tags)
                .baseUnit(unit.isEmpty() ? null : unit)
                .description(what)
                .register(registry);
    }

    private static double share(int part, int all) {
        return all == 0 ? Double.NaN : (double) part / all;
    }

    /** Shows what was found. */
    void found(MonitorReport report, int version, Instant at) {
        show(Optional.of(new Found(report, version, at)));
        looks(FOUND).increment();
    }

    /** Shows nothing: there is no model, or nothing to look at. */
    void nothing() {
        show(Optional.empty());
        looks(NOTHING).increment();
    }

    /** Keeps what was found last; its time tells how old it is. */
    void failed() {
        looks(FAILED).increment();
    }

    private void show(Optional<Found> now) {
        found = now;
        List<GainDrift> gains = now.map(last -> last.report.drifts()).orElse(List.of());
        drifts.register(rows(gains, GainDrift::driftDb), true);
        errors.register(rows(gains, GainDrift::errorDb), true);
        unseen.register(
                now.stream()
                        .flatMap(last -> last.report.unseen().entrySet().stream())
                        .<Row<?>>map(station -> Row.of(station(station.getKey()), station.getValue()))
                        .toList(),
                true);
    }

    private static List<Row<?>> rows(List<GainDrift> gains, ToDoubleFunction<GainDrift> value) {
        return gains.stream()
                .<Row<?>>map(gain -> Row.of(station(gain.station()), value.applyAsDouble(gain)))
                .toList();
    }

    private static Tags station(String name) {
        return Tags.of("station", name);
    }

    private Counter looks(String outcome) {
        return registry.counter(NAME + "looks", List.of(Tag.of("outcome", outcome)));
    }
}
