package io.heimdall.servers.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stops the servers that tests share once the last test is done; JUnit finds it by itself.
 *
 * <p>Not in a shutdown hook: the JVM's end has 30 seconds under Maven, and PostgreSQL needs longer to write and to go on
 * a machine that others use too.
 */
public final class SharedServers implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServers.class))
                .computeIfAbsent("end", key -> (AutoCloseable) SharedServers::stop);
    }

    private static void stop() {
        PostgresServer.stopShared();
        S3Server.stopShared();
    }
}
