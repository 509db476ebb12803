package io.heimdall.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import io.heimdall.servers.testing.FaultyLine;
import io.heimdall.servers.testing.FaultyLine.Fault;
import io.heimdall.servers.testing.FaultyLine.Way;
import io.heimdall.servers.testing.PostgresServer;
import io.heimdall.servers.testing.S3Server;
import io.heimdall.servers.testing.SideBySide;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bad line or a restarted database costs: time, and nothing else; most of it is waited for, so the tests run side by side. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class CatalogFaultsTest {

    private static final int SESSIONS = 2_000;
    private static final List<Session> STORED = IntStream.range(0, SESSIONS)
            .mapToObj(i -> Sessions.session(String.format("s%05d", i)))
            .toList();
    private static PostgresSettings filled;

    private FaultyLine line;
    private PostgresSettings settings;
    private PostgresCatalog direct;
    private PostgresCatalog catalog;

    @BeforeAll
    static void fill() throws Exception {
        filled = PostgresServer.shared().newCatalog();
        try (PostgresCatalog catalog = PostgresCatalog.open(filled)) {
            catalog.addAll(STORED);
        }
    }

    @BeforeEach
    void open() throws Exception {
        settings = PostgresServer.shared().copyOf(filled);
        direct = PostgresCatalog.open(settings);
        line = new FaultyLine(PostgresServer.shared().port());
        catalog = PostgresCatalog.open(PostgresServer.through(line, settings));
    }

    @AfterEach
    void close() throws Exception {
        catalog.close();
        direct.close();
        line.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "TRUNCATED", "STALLED"})
    void aStreamThatIsCutGoesOnAndLosesNothing(Fault fault) {
        line.arm(fault, Way.TO_CLIENT, 300_000, 2);
        assertThat(catalog.allSessions()).containsExactlyElementsOf(STORED);
        assertThat(line.struck()).isEqualTo(2);
    }

    @Test
    void aSlowLineIsWaitedFor() {
        line.arm(Fault.SLOW, Way.TO_CLIENT, 200, 1);
        assertThat(catalog.session("s00007")).contains(STORED.get(7));
        assertThat(line.struck()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "TRUNCATED", "STALLED"})
    void aWriteThatIsCutIsMadeAgainAndDoublesNothing(Fault fault) {
        List<Session> added = IntStream.range(0, 300)
                .mapToObj(i -> Sessions.session(String.format("t%05d", i)))
                .toList();
        line.arm(fault, Way.TO_SERVER, 60_000, 2);
        catalog.addAll(added);
        assertThat(line.struck()).isEqualTo(2);
        List<Session> all = new ArrayList<>(STORED);
        all.addAll(added);
        assertThat(direct.allSessions()).containsExactlyElementsOf(all);
    }

    @Test
    void anAnswerThatIsLostAfterTheCommitDoublesNothing() {
        // The server commits, the answer does not arrive: the client cannot know, and writes the same again.
        for (long bytes = 500; bytes < 6_000; bytes += 500) {
            line.arm(Fault.RESET, Way.TO_CLIENT, bytes, 1);
            catalog.add(Sessions.session("u" + bytes));
            line.disarm();
        }
        assertThat(direct.allSessions().map(Session::id).filter(id -> id.startsWith("u")))
                .hasSize(11)
                .doesNotHaveDuplicates();
    }

    @Test
    void aDatabaseThatIsAwayIsNamedWithWhatWasTriedAndNoSecret() throws Exception {
        line.down();
        long start = System.nanoTime();
        for (Throwable fault : SideBySide.faults(List.of(
                () -> catalog.stations(),
                () -> catalog.sessions().count(),
                () -> catalog.add(Sessions.session("x")),
                () -> PostgresCatalog.open(PostgresServer.through(line, settings)),
                () -> PostgresCatalog.migrate(PostgresServer.through(line, settings))))) {
            assertThat(fault)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("the database 127.0.0.1:" + line.port())
                    .hasMessageContaining("is it running, and is the address right?")
                    .hasMessageContaining("tried ")
                    .matches(told -> ((DatasetException) told).mayPassLater());
            StringWriter text = new StringWriter();
            fault.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).doesNotContain(settings.password());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(4));
        line.up();
        assertThat(catalog.allSessions()).containsExactlyElementsOf(STORED);
    }

    @Test
    void aDatabaseThatOnlyStallsIsGivenUpInTime() {
        line.arm(Fault.STALLED, Way.TO_CLIENT, 0, Integer.MAX_VALUE);
        long start = System.nanoTime();
        assertThatThrownBy(() -> catalog.stations())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("tried ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void aWrongPasswordOrDatabaseIsNotTriedAgain() {
        PostgresSettings wrong = PostgresSettings.of(settings.url(), settings.user(), "wrong-password-99");
        assertThatThrownBy(() -> PostgresCatalog.open(wrong))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("check user and password of the database (tried once)")
                .matches(told -> !((DatasetException) told).mayPassLater())
                .hasMessageNotContaining("wrong-password-99");
        PostgresSettings nowhere = PostgresSettings.of(settings.url() + "_none", settings.user(), settings.password());
        assertThatThrownBy(() -> PostgresCatalog.open(nowhere))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("create that database, or correct its address (tried once)");
    }

    @Test
    void nobodyListeningIsNamed() throws Exception {
        PostgresSettings nobody = PostgresSettings.of(
                        "jdbc:postgresql://127.0.0.1:" + S3Server.freePort() + "/x", "u", "p")
                .withTimeout(Duration.ofSeconds(1));
        assertThatThrownBy(() -> PostgresCatalog.open(nobody)).hasMessageContaining("refused");
    }

    @Test
    void aDatabaseRestartedInTheMiddleOfAStreamLosesNothing() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            PostgresSettings own = server.newCatalog();
            try (PostgresCatalog restarted = PostgresCatalog.open(own)) {
                restarted.addAll(STORED);
                Iterator<Session> stream = restarted.allSessions().iterator();
                List<Session> read = new ArrayList<>();
                for (int i = 0; i < SESSIONS / 2; i++) {
                    read.add(stream.next());
                }
                server.stop();
                Thread operator = new Thread(() -> {
                    try {
                        Thread.sleep(1_000);
                        server.startAgain();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                operator.start();
                stream.forEachRemaining(read::add);
                operator.join();
                assertThat(read).containsExactlyElementsOf(STORED);
                restarted.add(Sessions.session("after"));
                assertThat(restarted.allSessions()).hasSize(SESSIONS + 1);
            }
        }
    }

    @Test
    void settingsSayWhatIsWrongAndKeepTheSecret() {
        assertThatThrownBy(() -> PostgresSettings.of("mysql://h", "u", "p"))
                .hasMessageContaining("jdbc:postgresql://host:port/database");
        assertThatThrownBy(() -> PostgresSettings.of("jdbc:postgresql://h/d?password=pw7", "u", "p"))
                .hasMessageContaining("holds a user or password")
                .hasMessageNotContaining("pw7");
        assertThatThrownBy(() -> PostgresSettings.of("jdbc:postgresql://h/d", "", "p"))
                .hasMessageContaining("needs a user");
        PostgresSettings python = PostgresSettings.of("postgresql://me:p%40w7@db:5433/heimdall", "", "");
        assertThat(python.url()).isEqualTo("jdbc:postgresql://db:5433/heimdall");
        assertThat(python.user()).isEqualTo("me");
        assertThat(python.password()).isEqualTo("p@w7");
        assertThat(python.toString()).doesNotContain("p@w7").contains("db:5433");
        assertThat(PostgresSettings.parse(Map.of())).isEmpty();
        assertThat(PostgresSettings.parse(Map.of(
                        "HEIMDALL_DATABASE_URL",
                        " jdbc:postgresql://h/d ",
                        "HEIMDALL_DATABASE_USER",
                        "me",
                        "HEIMDALL_DATABASE_PASSWORD",
                        "p w7")))
                .contains(PostgresSettings.of("jdbc:postgresql://h/d", "me", "p w7"));
        assertThatThrownBy(() -> python.withConnections(1)).hasMessageContaining("connections 1");
        assertThatThrownBy(() -> python.withTimeout(Duration.ZERO)).hasMessageContaining("less than 1 s");
    }
}
