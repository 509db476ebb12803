package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.WorkspacePush;
import io.heimdall.servers.Servers;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall push}: copies a workspace's sessions and objects to Heimdall's servers. */
@Command(
        name = "push",
        description = {
            "Copy a workspace's sessions, recordings and models to Heimdall's database and object store. Objects that the"
                    + " store has are not sent again, so a second push continues an interrupted one.",
            "HEIMDALL_DATABASE_URL names the database, HEIMDALL_DATABASE_USER its user, HEIMDALL_DATABASE_PASSWORD the"
                    + " password. HEIMDALL_S3_ENDPOINT names the object store, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    + " its keys."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall push --workspace heimdall-workspace"})
public final class PushCommand implements Callable<Integer> {
    private static final int THREADS = 8;

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions.")
    private Path workspace;

    PushCommand() {}

    @Override
    public Integer call() throws IOException {
        Map<String, String> variables = output.configuration().variables();
        WorkspacePush.Result pushed;
        try (Workspace opened = Workspace.open(workspace);
                Servers servers = output.usage(() -> servers(opened, variables));
                LazyProgress progress = new LazyProgress("Pushing sessions", output)) {
            int total = (int) opened.catalog().allSessions().count();
            pushed = new WorkspacePush(opened, servers.catalog(), servers.objects(), THREADS)
                    .run(soFar -> progress.to((int) soFar.sessions(), total));
        }
        output.say(pushed.sessions() + " sessions are on the servers; " + pushed.sent() + " objects sent, "
                + pushed.present() + " were there already");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sessions", pushed.sessions());
        json.put("sent", pushed.sent());
        json.put("present", pushed.present());
        output.json(json);
        return 0;
    }

    private static Servers servers(Workspace workspace, Map<String, String> variables) throws IOException {
        return Servers.open(variables, workspace.directory().resolve("cache").resolve("push"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no servers are set: set " + PostgresSettings.URL + " and " + S3Settings.ENDPOINT));
    }
}
