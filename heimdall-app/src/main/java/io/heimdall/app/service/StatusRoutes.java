package io.heimdall.app.service;

import io.heimdall.pipeline.report.MapScripts;
import io.heimdall.pipeline.report.MapTiles;
import io.heimdall.pipeline.report.PageTemplate;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service about itself: alive, ready, measured, described, and the page. */
final class StatusRoutes {
    private final Readiness readiness;
    private final Measurements measurements;
    private final byte[] page;
    private final PagePolicies policies;
    private final byte[] description;

    StatusRoutes(Readiness readiness, Measurements measurements, OpenApi description, PagePolicies policies)
            throws IOException {
        this.policies = policies;
        this.page = page(new SettingsForm<>(TrainingFields.table(), TrainingSettings.seeded(1)), policies.tiles())
                .getBytes(StandardCharsets.UTF_8);
        this.description = description.document();
        this.readiness = readiness;
        this.measurements = measurements;
    }

    void register(RoutesConfig routes) {
        routes.get("/health", context -> Answers.json(context, 200, Map.of("status", "alive")));
        routes.get("/ready", this::ready);
        routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(measurements.text()));
        routes.get(
                "/openapi.json",
                context -> context.contentType("application/json").result(description));
        routes.get(
                "/earth.json",
                context -> context.contentType("application/json").result(MapScripts.earth()));
        routes.get(
                "/",
                context -> context.header(PagePolicies.HEADER, policies.page())
                        .contentType("text/html; charset=utf-8")
                        .result(page));
    }

    /** Returns whether the answer to a path is known without asking anything else. */
    boolean isKnown(String path) {
        return path.equals("/health") || path.equals("/ready") && readiness.isKnown();
    }

    private void ready(Context context) {
        List<Map<String, String>> dependencies = new ArrayList<>();
        Map<String, String> states = readiness.states();
        states.forEach((name, state) -> {
            Map<String, String> dependency = new LinkedHashMap<>();
            dependency.put("name", name);
            dependency.put("state", state);
            dependencies.add(dependency);
        });
        boolean ready = states.values().stream().allMatch("up"::equals);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", ready ? "ready" : "not ready");
        answer.put("dependencies", dependencies);
        Answers.json(context, ready ? 200 : 503, answer);
    }

    /** Returns the page with a form of settings, and maps over tiles if there are some. */
    static String page(SettingsForm<TrainingSettings> form, Optional<MapTiles> tiles) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>(form.values());
        values.put("mapstyle", MapScripts.mapStyle());
        values.put("tiles", MapTiles.script(tiles));
        values.put("mapscript", MapScripts.script());
        for (String script : List.of("locate", "sweeps")) {
            values.put(script, PageTemplate.resource("/io/heimdall/app/service/" + script + ".js"));
        }
        return PageTemplate.fill("/io/heimdall/app/service/page.html", values);
    }
}
