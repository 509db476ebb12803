package io.heimdall.servers.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.servers.s3.S3Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real S3 server of the tests' own: S3Proxy in a JVM of its own. With {@code -Dheimdall.servers=true} the tests take
 * the server of {@code HEIMDALL_S3_ENDPOINT} instead.
 */
public final class S3Server implements AutoCloseable {

    /** So that a test can look for it in messages. */
    public static final String SECRET = "geheim-0815";

    private static final Path DIRECTORY = Path.of("target", "servers").toAbsolutePath();
    /** Where Maven puts it in this module; tests of its sisters take it from there. */
    private static final Path JAR = Path.of("..", "heimdall-servers", "target", "servers", "s3proxy.jar")
            .toAbsolutePath();

    private static S3Server shared;

    private final Process process;
    private final S3Settings settings;

    private S3Server(Process process, S3Settings settings) {
        this.process = process;
        this.settings = settings;
    }

    /** The one that all tests use; a test is skipped where it cannot run. */
    public static synchronized S3Server shared() throws Exception {
        if (shared == null) {
            if (Boolean.getBoolean("heimdall.servers")) {
                shared = new S3Server(null, S3Settings.parse(System.getenv()).orElseThrow());
            } else {
                shared = start(List.of(), "jclouds.provider=transient-nio2\n");
                Runtime.getRuntime().addShutdownHook(new Thread(S3Server::stopShared)); // for tests that are killed
            }
        }
        return shared;
    }

    static synchronized void stopShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** One whose disk is a file system in memory, full after so many megabytes. */
    public static S3Server withDiskOf(int megabytes, Path mount) throws Exception {
        return start(
                onSmallDisk(megabytes, mount),
                "jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=" + mount + "\n");
    }

    /** The start of a command line that sees a small disk at {@code mount}; nobody else does, and it goes with it. */
    public static List<String> onSmallDisk(int megabytes, Path mount) throws Exception {
        String script = "mount -t tmpfs -o size=" + megabytes + "m tmpfs '" + mount + "' && exec \"$@\"";
        List<String> command = List.of("unshare", "-Urm", "sh", "-c", script, "sh");
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        boolean possible = false;
        try {
            possible = new ProcessBuilder(trial).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            possible = false;
        }
        if (!possible) {
            System.err.println("SKIPPED: no small disk can be made here (it needs Linux and user namespaces)");
        }
        assumeTrue(possible, "no small disk can be made here (it needs Linux and user namespaces)");
        return command;
    }

    private static S3Server start(List<String> before, String storage) throws Exception {
        if (!Files.exists(JAR)) {
            System.err.println("SKIPPED: " + JAR + " is not there; Maven puts it there before the tests");
        }
        assumeTrue(Files.exists(JAR), JAR + " is not there; Maven puts it there before the tests");
        Files.createDirectories(DIRECTORY);
        int port = freePort();
        Path properties = Files.createTempFile(DIRECTORY, "s3proxy", ".properties");
        Files.writeString(properties, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=heimdall
                s3proxy.credential=%s
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(port, SECRET) + storage);
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                JAR.toString(),
                "--properties",
                properties.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(DIRECTORY.resolve("s3proxy-" + port + ".log").toFile())
                .start();
        await(process, port);
        Files.delete(properties);
        return new S3Server(
                process,
                S3Settings.of("http://127.0.0.1:" + port, "heimdall", SECRET).withTimeout(Duration.ofSeconds(60)));
    }

    private static void await(Process process, int port) throws Exception {
        for (int i = 0; i < 3000 && process.isAlive(); i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("S3Proxy did not start; see its log in " + DIRECTORY);
    }

    /** A port where nobody listens, and which the system gives to nobody by itself. */
    public static int freePort() throws IOException {
        try (FaultyLine line = new FaultyLine(0)) {
            return line.port();
        }
    }

    /** Where it is. */
    public S3Settings settings() {
        return settings;
    }

    /** The same server behind a proxy, with a short timeout. */
    public S3Settings through(FaultyLine line) {
        return S3Settings.of("http://127.0.0.1:" + line.port(), settings.accessKey(), settings.secretKey())
                .withTimeout(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
