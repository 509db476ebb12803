package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.app.jobs.JobPage;
import io.heimdall.app.jobs.JobStatus;
import io.heimdall.app.jobs.SettingsJson;
import io.heimdall.app.jobs.Submission;
import io.heimdall.app.jobs.SubmissionRefused;
import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /train}: submitting, watching and cancelling jobs. */
final class TrainRoutes {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final TrainingJobs jobs;
    private final WorkingDirectory working;
    private final TrainingSettings defaults;
    private final PretrainedFiles files;
    private final PagePolicies policies;

    TrainRoutes(TrainingJobs jobs, WorkingDirectory working, ServiceOptions options) {
        this.jobs = jobs;
        this.working = working;
        this.defaults = options.defaults();
        this.files = new PretrainedFiles(working);
        this.policies = new PagePolicies(options.tiles());
    }

    void register(RoutesConfig routes, JobEvents events) {
        routes.post("/train", this::submit);
        routes.get("/train", this::list);
        routes.get("/train/defaults", context -> Answers.json(context, 200, JobView.configuration(defaults)));
        routes.get("/train/{task_id}", context -> Answers.json(context, 200, view(job(context))));
        routes.delete("/train/{task_id}", this::cancel);
        routes.get("/train/{task_id}/events", context -> follow(context, events));
        routes.get("/train/{task_id}/report", this::report);
    }

    /** The table is looked at only for a job that nobody follows yet. */
    private void follow(Context context, JobEvents events) throws IOException {
        String id = context.pathParam("task_id");
        events.open(context, events.follows(id) ? id : job(context).id(), this::view);
    }

    private void submit(Context context) {
        TrainingSettings settings = settings(Answers.tree(context));
        try {
            Submission submission = jobs.submit(settings, Optional.ofNullable(context.header("Idempotency-Key")));
            context.header("Location", "/train/" + submission.job().id());
            Answers.json(context, 202, JobView.brief(submission.job()));
        } catch (SubmissionRefused e) {
            throw Problem.of(e);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    private TrainingSettings settings(JsonNode body) {
        try {
            checkFields(body);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
        try {
            JsonNode pretrained = body.path(PretrainedFiles.SETTING);
            if (body instanceof ObjectNode object && pretrained.isTextual()) {
                object.put(
                        PretrainedFiles.SETTING,
                        files.named(pretrained.textValue()).toString());
            }
            return SettingsCheck.of(SettingsJson.read(body, defaults));
        } catch (IllegalArgumentException e) { // each field makes sense, all together do not
            throw Problem.conflict(e.getMessage());
        }
    }

    /** Checks each field by itself. */
    private void checkFields(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            SettingsJson.read(body, defaults); // says what it is instead
            return;
        }
        object.properties().forEach(field -> {
            ObjectNode alone = Answers.JSON.createObjectNode();
            alone.set(field.getKey(), field.getValue());
            SettingsJson.read(alone);
        });
        RequestLimits.check(object);
    }

    private void list(Context context) {
        Paging paging = Paging.of(context);
        JobPage page = jobs.list(paging.limit(), paging.offset());
        List<Map<String, Object>> shown = page.jobs().stream().map(this::view).toList();
        Answers.json(context, 200, paging.answer("jobs", shown, page.total()));
    }

    private void cancel(Context context) {
        TrainingJob before = job(context);
        TrainingJob now = jobs.cancel(before.id()).orElse(before);
        if (now.status().ended() && now.status() != JobStatus.CANCELLED) {
            throw Problem.conflict("the job has " + now.status().word() + " already");
        }
        Answers.json(context, now.status().ended() ? 200 : 202, JobView.brief(now));
    }

    private void report(Context context) {
        Path file = report(job(context))
                .orElseThrow(() -> Problem.notFound("the job has no report: it is made when a training has ended"));
        context.header(PagePolicies.HEADER, policies.report());
        context.contentType("text/html; charset=utf-8");
        WholeAnswers.file(context, file);
    }

    private Map<String, Object> view(TrainingJob job) {
        return JobView.of(job, report(job).isPresent());
    }

    private Optional<Path> report(TrainingJob job) {
        if (job.status() != JobStatus.SUCCEEDED || job.runId().isEmpty()) {
            return Optional.empty();
        }
        Path file = TrainingFolder.report(working.trainings(), job.runId().get());
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private TrainingJob job(Context context) {
        String id = context.pathParam("task_id");
        return Optional.of(id)
                .filter(ID.asMatchPredicate())
                .flatMap(jobs::find)
                .orElseThrow(() -> Problem.notFound("there is no job of this id"));
    }
}
