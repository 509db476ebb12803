package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.servers.testing.PostgresServer;
import io.heimdall.servers.testing.S3Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for servers on a real PostgreSQL and a real S3 server. */
@Tag("slow")
class RealServersTest {
    @TempDir
    Path folder;

    @Test
    void aWorkspaceIsPushedOnceAndTheDoctorSeesIt() throws Exception {
        Map<String, String> environment = environment();
        assertThat(Run.heimdall(environment, "push", "--workspace", folder).exit())
                .isEqualTo(1);
        Run migrated = Run.heimdall(environment, "migrate", "--json");
        assertThat(migrated.exit()).as(migrated.err()).isZero();
        assertThat(json(migrated).get("created")).hasSizeGreaterThan(5);
        assertThat(Run.heimdall(environment, "migrate").out()
                        + Run.heimdall(environment, "migrate").err())
                .contains("Nothing was missing.");

        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 12);
        Run pushed = Run.heimdall(environment, "push", "--workspace", workspace, "--json");
        assertThat(pushed.exit()).as(pushed.err()).isZero();
        long sent = json(pushed).get("sent").asLong();
        assertThat(json(pushed).get("sessions").asInt()).isEqualTo(12);
        assertThat(sent).isGreaterThanOrEqualTo(12);
        JsonNode again = json(Run.heimdall(environment, "push", "--workspace", workspace, "--json"));
        assertThat(again.get("sent").asLong()).isZero();
        assertThat(again.get("present").asLong()).isEqualTo(sent);

        Path empty = folder.resolve("empty");
        Run located = Run.heimdall(environment, "locate", "--workspace", empty);
        assertThat(located.out() + located.err()).contains("sim-1-000011  not located");
        Run like = Run.heimdall(
                environment, "simulate", "--like", empty, "--workspace", folder.resolve("like"), "--sessions", 3);
        assertThat(like.err()).contains("12 training sessions");

        Run doctor = Run.heimdall(environment, "doctor");
        assertThat(doctor.out())
                .contains(environment.get("HEIMDALL_DATABASE_URL") + ", 7 stations")
                .contains(environment.get("HEIMDALL_S3_ENDPOINT") + ", no model yet")
                .doesNotContain(PostgresServer.PASSWORD, S3Server.SECRET);
    }

    @Test
    void theDoctorNamesServersThatAreNotThereOrNotReady() throws Exception {
        Map<String, String> environment = environment();
        Run empty = Run.heimdall(environment, "doctor");
        assertThat(empty.exit()).isEqualTo(1);
        assertThat(empty.out()).contains("heimdall migrate");
        environment.put("HEIMDALL_S3_ENDPOINT", "http://127.0.0.1:" + S3Server.freePort());
        environment.put("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + S3Server.freePort());
        environment.put("HEIMDALL_DATABASE_PASSWORD", "wrong-password-99");
        Run away = Run.heimdall(environment, "doctor");
        assertThat(away.exit()).isEqualTo(1);
        assertThat(away.out())
                .contains("check user and password of the database")
                .contains("the object store " + environment.get("HEIMDALL_S3_ENDPOINT"))
                .contains(environment.get("MLFLOW_TRACKING_URI"))
                .doesNotContain("wrong-password-99");
    }

    private static JsonNode json(Run run) throws Exception {
        return new ObjectMapper().readTree(run.lastLine());
    }

    private static Map<String, String> environment() throws Exception {
        PostgresSettings database = PostgresServer.shared().newDatabase();
        S3Settings store = S3Server.shared().settings();
        return new HashMap<>(Map.of(
                "HEIMDALL_DATABASE_URL", database.url(),
                "HEIMDALL_DATABASE_USER", database.user(),
                "HEIMDALL_DATABASE_PASSWORD", database.password(),
                "HEIMDALL_S3_ENDPOINT", store.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", store.accessKey(),
                "AWS_SECRET_ACCESS_KEY", store.secretKey()));
    }
}
