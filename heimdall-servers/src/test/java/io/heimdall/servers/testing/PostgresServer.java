package io.heimdall.servers.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL of the tests' own, that asks for a password. With {@code -Dheimdall.servers=true} most tests take
 * databases of their own on the server of {@code HEIMDALL_DATABASE_URL} instead; these stay there.
 */
public final class PostgresServer implements AutoCloseable {

    /** So that a test can look for it in messages. */
    public static final String PASSWORD = "geheim-4711";

    private static final Path DIRECTORY = Path.of("target", "servers").toAbsolutePath();
    /** Unpacked once for this module and its sisters. */
    private static final Path BINARIES = Path.of("..", "heimdall-dataset", "target", "servers", "postgres-binaries")
            .toAbsolutePath();

    /** Ten seconds are not enough where others use the machine. */
    private static final Duration STARTING = Duration.ofMinutes(3);

    private static PostgresServer shared;
    private static String unavailable = "";

    private final Path data;
    private EmbeddedPostgres server;
    private final int port;
    private final PostgresSettings maintenance;
    private String migrated;

    private PostgresServer(PostgresSettings given) {
        data = DIRECTORY;
        port = URI.create(given.url().substring("jdbc:".length())).getPort();
        maintenance = given;
    }

    private PostgresServer() throws IOException, SQLException {
        Files.createDirectories(DIRECTORY);
        data = Files.createTempDirectory(DIRECTORY, "postgres-");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(BINARIES.toFile())
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_wal_size", "4GB")
                .setPGStartupWait(STARTING)
                .setPort(S3Server.freePort())
                .start();
        port = server.getPort();
        maintenance = PostgresSettings.of("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD)
                .withTimeout(Duration.ofSeconds(60));
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER USER postgres PASSWORD '" + PASSWORD + "'");
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** The one that all tests use; a test is skipped where it cannot run. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = Boolean.getBoolean("heimdall.servers")
                    ? new PostgresServer(PostgresSettings.parse(System.getenv()).orElseThrow())
                    : start();
            Runtime.getRuntime().addShutdownHook(new Thread(PostgresServer::stopShared)); // for tests that are killed
        }
        return shared;
    }

    static synchronized void stopShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** One that a test may stop; a test is skipped where it cannot run. */
    public static synchronized PostgresServer start() {
        if (unavailable.isEmpty()) {
            try {
                return new PostgresServer();
            } catch (IOException | SQLException | RuntimeException e) {
                unavailable = "no PostgreSQL here (as root it needs user namespaces): " + e.getMessage();
                System.err.println("SKIPPED: " + unavailable);
            }
        }
        assumeTrue(false, unavailable);
        throw new IllegalStateException("not reached");
    }

    /** A new, empty database. */
    public PostgresSettings newDatabase() throws SQLException {
        return newDatabase("template1");
    }

    /** A new database with Heimdall's tables, as {@code migrate} makes them. */
    public synchronized PostgresSettings newCatalog() throws SQLException {
        if (migrated == null) {
            PostgresSettings template = newDatabase();
            PostgresCatalog.migrate(template);
            migrated = template.url().substring(template.url().lastIndexOf('/') + 1);
        }
        return newDatabase(migrated);
    }

    /** A new database with the content of another, which nobody may have open. */
    public PostgresSettings copyOf(PostgresSettings settings) throws SQLException {
        return newDatabase(settings.url().substring(settings.url().lastIndexOf('/') + 1));
    }

    private PostgresSettings newDatabase(String template) throws SQLException {
        String name = "heimdall_test_" + UUID.randomUUID().toString().replace("-", "");
        execute(maintenance, "CREATE DATABASE " + name + " TEMPLATE " + template);
        return new PostgresSettings(
                maintenance.url().replaceFirst("[^/]*$", name),
                maintenance.user(),
                maintenance.password(),
                maintenance.timeout(),
                maintenance.connections());
    }

    /** The same database behind a proxy, with a short timeout. */
    public static PostgresSettings through(FaultyLine line, PostgresSettings settings) {
        return PostgresSettings.of(
                        settings.url().replaceFirst(":\\d+/", ":" + line.port() + "/"),
                        settings.user(),
                        settings.password())
                .withTimeout(Duration.ofSeconds(6));
    }

    private static PostgresSettings settings(String database, int port) {
        return PostgresSettings.of("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD)
                .withTimeout(Duration.ofSeconds(60));
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** Runs statements, separated by semicolons. */
    public static void execute(PostgresSettings settings, String sql) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection without anything of the project in between. */
    public static Connection connect(PostgresSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    /** Stops it, as an operator would. */
    public void stop() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> process = Files.exists(pidFile)
                ? ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                : Optional.empty();
        server.close(); // waits five seconds only; a full memory may take longer to write
        process.ifPresent(
                postgres -> postgres.onExit().orTimeout(2, TimeUnit.MINUTES).join());
    }

    /** Starts it again with the same data, on the same port. */
    public void startAgain() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(BINARIES.toFile())
                .setPort(port)
                .setConnectConfig("password", PASSWORD)
                .setPGStartupWait(STARTING)
                .start();
    }

    @Override
    public void close() {
        try {
            if (server == null) {
                return;
            }
            stop();
            if (Files.exists(data)) {
                try (Stream<Path> files = Files.walk(data)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
