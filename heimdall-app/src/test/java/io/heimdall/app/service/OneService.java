package io.heimdall.app.service;

import io.heimdall.files.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One service without trainings for all tests of a class, in a folder of its own. */
final class OneService implements BeforeAllCallback, AfterAllCallback {
    private final ServiceOptions options;
    private Path directory;
    private RunningService running;
    private Client client;

    OneService(ServiceOptions options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws IOException, InterruptedException {
        directory = Files.createTempDirectory("heimdall-service");
        running = RunningService.start(directory, 0, options);
        client = running.client();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        running.close();
        Directories.delete(directory);
    }

    RunningService running() {
        return running;
    }

    int port() {
        return running.http().port();
    }

    /** Returns a client that has one connection, and keeps it. */
    Client client() {
        return client;
    }
}
