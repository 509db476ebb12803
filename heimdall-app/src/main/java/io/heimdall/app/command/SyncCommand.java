package io.heimdall.app.command;

import io.heimdall.app.adapters.WorkspaceSync;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.SettingException;
import io.heimdall.tracking.sync.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall sync}: sends a workspace's runs and versions to an MLflow server, once. */
@Command(
        name = "sync",
        description = {
            "Send the runs and model versions of a workspace to an MLflow server. Runs that the server has are not sent"
                    + " again, even after a sync that was killed.",
            "Where a database is set, its models get the server's run ids (column mlflow_run_id).",
            "Login and limits come from the variables of MLflow's own client: MLFLOW_TRACKING_USERNAME and _PASSWORD,"
                    + " MLFLOW_TRACKING_TOKEN, MLFLOW_HTTP_REQUEST_TIMEOUT. Where MLFLOW_TRACKING_URI is set, a training"
                    + " sends its run by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall sync --workspace heimdall-workspace --uri http://127.0.0.1:5000"})
public final class SyncCommand implements Callable<Integer> {
    private static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

    @Mixin
    private Output output;

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace with the runs.")
    private Path workspace;

    @Option(
            names = "--uri",
            paramLabel = "URI",
            description = "The server's address (default: the variable " + URI_VARIABLE + ").")
    private String uri;

    SyncCommand() {}

    /** Returns 0 if the server has everything now, else 1. */
    @Override
    public Integer call() throws IOException {
        WorkspaceSync sync = output.usage(this::sync);
        SyncReport report;
        try (Workspace opened = Workspace.open(workspace);
                LazyProgress progress = new LazyProgress("Sending", output)) {
            report = sync.send(opened, (done, total, what) -> progress.to(done, total));
        }
        report.failed().forEach((what, why) -> output.note(what + ": " + why));
        output.say(report.sent() + " runs sent, " + report.alreadyThere() + " were there already, " + report.versions()
                + " versions registered, " + report.failed().size() + " failed");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sent", report.sent());
        json.put("already_there", report.alreadyThere());
        json.put("versions", report.versions());
        json.put("failed", report.failed());
        output.json(json);
        return report.complete() ? 0 : 1;
    }

    private WorkspaceSync sync() {
        Map<String, String> variables = new HashMap<>(output.configuration().variables());
        if (uri != null) {
            variables.put(URI_VARIABLE, uri);
        }
        try {
            return WorkspaceSync.of(variables)
                    .orElseThrow(() ->
                            new IllegalArgumentException("no server is set: give --uri URI or set " + URI_VARIABLE));
        } catch (SettingException e) {
            if (uri != null && e.settings().contains(URI_VARIABLE)) {
                throw new IllegalArgumentException(e.getMessage(), e); // typed: no file or variable has set it
            }
            throw e;
        }
    }
}
