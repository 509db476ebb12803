package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that stops while clients are there. */
class ServiceStopTest {
    @TempDir
    Path directory;

    private static Socket asking(int port, String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "reset";
        }
    }

    @Test
    void followersAndHalfRequestsDoNotHoldItUp() throws Exception {
        RunningService service = RunningService.start(directory, 0, ServiceOptions.local(0));
        int port = service.http().port();
        TrainingJob job;
        try {
            job = service.jobs().submit(TrainingSettings.seeded(1));
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        try (Socket follower = asking(port, "GET /train/" + job.id() + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
                Socket half = asking(port, """
                        POST /predict HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 500\r
                        \r
                        {""")) {
            assertThat(follower.getInputStream().read()).isEqualTo('H');

            service.close();

            assertThat(rest(follower)).contains("event: state");
            rest(half);
            assertThatThrownBy(() -> asking(port, "").close()).isInstanceOf(IOException.class);
        }
        assertThat(Files.list(directory).map(file -> file.getFileName().toString()))
                .doesNotContain("jobs.sqlite-wal", "jobs.sqlite-shm");
    }
}
