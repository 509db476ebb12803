package io.heimdall.app.service;

import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.sweep.SweepPages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /sweeps}: looking at sweeps. */
final class SweepRoutes {
    private static final int MOST_LISTED = 200;

    private final FolderSweeps folders;

    SweepRoutes(WorkingDirectory working, ServiceOptions options) {
        this.folders = new FolderSweeps(working, options.defaults());
    }

    void register(RoutesConfig routes) {
        routes.get("/sweeps", this::list);
        routes.get("/sweeps/{sweep_id}", context -> Answers.json(context, 200, SweepView.of(sweep(context))));
        routes.get("/sweeps/{sweep_id}/picture", this::picture);
    }

    private void list(Context context) throws IOException {
        int limit = TrainRoutes.number(context, "limit", 20, 1, MOST_LISTED);
        int offset = TrainRoutes.number(context, "offset", 0, 0, Integer.MAX_VALUE);
        List<ShownSweep> all = new ArrayList<>(folders.all());
        all.sort(Comparator.comparing(ShownSweep::submitted).reversed().thenComparing(ShownSweep::name));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "sweeps",
                all.stream().skip(offset).limit(limit).map(SweepView::brief).toList());
        answer.put("total", all.size());
        answer.put("limit", limit);
        answer.put("offset", offset);
        Answers.json(context, 200, answer);
    }

    private void picture(Context context) throws IOException {
        ShownSweep sweep = sweep(context);
        byte[] picture = SweepPages.picture(sweep.plan(), sweep.state())
                .orElseThrow(() -> Problem.notFound("the sweep has no picture: no trial has come to the first rung"));
        context.contentType("image/png").result(picture);
    }

    private ShownSweep sweep(Context context) throws IOException {
        return folders.find(context.pathParam("sweep_id"))
                .orElseThrow(() -> Problem.notFound("there is no sweep of this id"));
    }
}
