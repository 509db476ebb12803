package io.heimdall.app.service;

import io.heimdall.app.jobs.SubmissionRefused;
import io.heimdall.app.jobs.SweepJob;
import io.heimdall.app.jobs.SweepOrder;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.sweep.SweepFolder;
import io.heimdall.pipeline.sweep.SweepPages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /sweeps}: submitting, looking at and cancelling sweeps. */
final class SweepRoutes {
    private final TrainingJobs jobs;
    private final WorkingDirectory working;
    private final FolderSweeps folders;
    private final SweepRequest requests;

    SweepRoutes(TrainingJobs jobs, WorkingDirectory working, ServiceOptions options) {
        this.jobs = jobs;
        this.working = working;
        this.folders = new FolderSweeps(working, options.defaults());
        this.requests = new SweepRequest(new PretrainedFiles(working), options.defaults());
    }

    void register(RoutesConfig routes) {
        routes.post("/sweeps", this::submit);
        routes.get("/sweeps", this::list);
        routes.get("/sweeps/{sweep_id}", context -> Answers.json(context, 200, SweepView.of(sweep(context))));
        routes.delete("/sweeps/{sweep_id}", this::cancel);
        routes.get("/sweeps/{sweep_id}/picture", this::picture);
    }

    private void submit(Context context) {
        SweepOrder order = requests.read(Answers.tree(context), jobs.places());
        if (SweepFolder.of(working, order.name()).begun()) {
            throw Problem.conflict(
                    "the name '" + order.name() + "' is that of a sweep of heimdall sweep; take another");
        }
        try {
            SweepJob sweep = jobs.sweeps().submit(order);
            context.header("Location", "/sweeps/" + sweep.name());
            Answers.json(context, 202, SweepView.brief(ShownSweep.of(sweep)));
        } catch (SubmissionRefused e) {
            throw Problem.of(e);
        } catch (IllegalArgumentException e) {
            throw Problem.conflict(e.getMessage());
        }
    }

    private void list(Context context) throws IOException {
        Paging paging = Paging.of(context);
        Map<String, ShownSweep> begun = new LinkedHashMap<>();
        folders.all().forEach(sweep -> begun.put(sweep.name(), sweep));
        Map<String, Instant> all = new LinkedHashMap<>(jobs.sweeps().names());
        begun.forEach((name, sweep) -> all.put(name, sweep.submitted()));
        List<Map<String, Object>> shown = all.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .skip(paging.offset())
                .limit(paging.limit())
                .flatMap(entry ->
                        Optional.ofNullable(begun.get(entry.getKey())).or(() -> submitted(entry.getKey())).stream())
                .map(SweepView::brief)
                .toList();
        Answers.json(context, 200, paging.answer("sweeps", shown, all.size()));
    }

    private Optional<ShownSweep> submitted(String name) {
        return jobs.sweeps().find(name).map(ShownSweep::of);
    }

    private void cancel(Context context) {
        ShownSweep before = sweep(context);
        if (before.origin() == ShownSweep.Origin.COMMAND) {
            throw Problem.conflict("the sweep was begun by heimdall sweep: stop that process");
        }
        if (before.status() == ShownSweep.Status.SUCCEEDED || before.status() == ShownSweep.Status.FAILED) {
            throw Problem.conflict("the sweep has " + JobView.word(before.status()) + " already");
        }
        SweepJob now = jobs.sweeps().cancel(before.name()).orElseThrow();
        Answers.json(context, now.status().ended() ? 200 : 202, SweepView.brief(ShownSweep.of(now)));
    }

    private void picture(Context context) throws IOException {
        ShownSweep sweep = sweep(context);
        byte[] picture = SweepPages.picture(sweep.plan(), sweep.state())
                .orElseThrow(() -> Problem.notFound("the sweep has no picture: no trial has come to the first rung"));
        context.contentType("image/png").result(picture);
    }

    /** A sweep that was begun here by the command hides one that another service's request has begun with the same name. */
    private ShownSweep sweep(Context context) {
        String name = context.pathParam("sweep_id");
        return folders.find(name)
                .or(() -> SweepFolder.isName(name) ? submitted(name) : Optional.empty())
                .orElseThrow(() -> Problem.notFound("there is no sweep of this id"));
    }
}
