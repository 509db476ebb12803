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
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.StrictNumber;
import io.heimdall.pipeline.settings.Word;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /train}: submitting, watching and cancelling jobs. */
final class TrainRoutes {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final int MOST_LISTED = 200;
    private static final String PRETRAINED = PretrainedFiles.SETTING;

    private final TrainingJobs jobs;
    private final WorkingDirectory working;
    private final TrainingSettings defaults;
    private final PagePolicies policies;

    TrainRoutes(TrainingJobs jobs, WorkingDirectory working, ServiceOptions options) {
        this.jobs = jobs;
        this.working = working;
        this.defaults = options.defaults();
        this.policies = new PagePolicies(options.tiles());
    }

    void register(RoutesConfig routes, JobEvents events) {
        routes.post("/train", this::submit);
        routes.get("/train", this::list);
        routes.get("/train/defaults", context -> Answers.json(context, 200, JobView.configuration(defaults)));
        routes.get("/train/{task_id}", context -> Answers.json(context, 200, view(job(context))));
        routes.delete("/train/{task_id}", this::cancel);
        routes.get("/train/{task_id}/events", context -> events.open(context, job(context), this::view));
        routes.get("/train/{task_id}/report", this::report);
    }

    private void submit(Context context) {
        TrainingSettings settings = settings(json(context));
        try {
            Submission submission = jobs.submit(settings, Optional.ofNullable(context.header("Idempotency-Key")));
            context.header("Location", "/train/" + submission.job().id());
            Answers.json(context, 202, JobView.brief(submission.job()));
        } catch (SubmissionRefused e) {
            throw e.reason() == SubmissionRefused.Reason.NOT_THERE
                    ? Problem.notFound(e.getMessage())
                    : Problem.conflict(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    /**
     * Returns the body as JSON; without a body, an empty object.
     *
     * @throws Problem if it is of another type
     */
    static JsonNode json(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        boolean empty = ReceivedBody.of(context).size() == 0;
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json") && !(empty && type.isEmpty())) {
            throw new Problem(
                    415,
                    "Unsupported media type",
                    "the body is '" + Answers.shown(type) + "', expected application/json");
        }
        return Answers.tree(context);
    }

    private TrainingSettings settings(JsonNode body) {
        try {
            checkFields(body);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
        try {
            JsonNode pretrained = body.path(PRETRAINED);
            if (body instanceof ObjectNode object && pretrained.isTextual()) {
                object.put(
                        PRETRAINED,
                        new PretrainedFiles(working)
                                .named(pretrained.textValue())
                                .toString());
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
        TrainingFields.table().all().forEach(field -> checkLimit(field, object.path(field.name())));
    }

    /** A request may say less than whoever sits at the machine. */
    static void checkLimit(Field<?, ?> field, JsonNode value) {
        Optional<Word.Limit> limit = field.type() instanceof Word<?> word ? word.limit() : Optional.empty();
        boolean beyond = limit.isPresent()
                && value.isTextual()
                && !limit.get().pattern().matcher(value.textValue()).matches();
        if (beyond) {
            throw new IllegalArgumentException(field.name() + " is '" + Answers.shown(value.textValue())
                    + "', expected " + limit.get().expected());
        }
    }

    private void list(Context context) {
        int limit = number(context, "limit", 20, 1, MOST_LISTED);
        int offset = number(context, "offset", 0, 0, Integer.MAX_VALUE);
        JobPage page = jobs.list(limit, offset);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jobs", page.jobs().stream().map(this::view).toList());
        answer.put("total", page.total());
        answer.put("limit", limit);
        answer.put("offset", offset);
        Answers.json(context, 200, answer);
    }

    private void cancel(Context context) {
        TrainingJob before = job(context);
        TrainingJob now = jobs.cancel(before.id()).orElse(before);
        if (now.status().ended() && now.status() != JobStatus.CANCELLED) {
            throw new Problem(409, "Conflict", "the job has " + now.status().word() + " already");
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

    static int number(Context context, String name, int usual, int least, int most) {
        String text = context.queryParam(name);
        if (text == null) {
            return usual;
        }
        return StrictNumber.whole(text)
                .filter(number -> number >= least && number <= most)
                .orElseThrow(() -> Problem.badRequest(
                        name + " is '" + Answers.shown(text) + "', expected a whole number in " + least + ".." + most))
                .intValue();
    }
}
