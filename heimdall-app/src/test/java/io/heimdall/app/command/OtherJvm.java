package io.heimdall.app.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The command line in a JVM of its own, which can be killed or kept short.
 *
 * <p>A test class with {@code @ExtendWith(OtherJvm.class)} leaves no process behind, however a test ends: it would use the folder
 * that JUnit deletes next, and take the processors from the tests after it.
 */
public final class OtherJvm implements AfterEachCallback {
    private static final String COMMAND_LINE = "io.heimdall.app.Heimdall";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** By thread of a test, since classes that wait run beside others. */
    private static final ThreadLocal<Set<Process>> STARTED = ThreadLocal.withInitial(HashSet::new);

    @Override
    public void afterEach(ExtensionContext test) throws InterruptedException {
        for (Process process : STARTED.get()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        STARTED.remove();
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        STARTED.get().add(process);
        return process;
    }

    /**
     * Waits until a process has ended.
     *
     * @return its exit code
     */
    public static int exit(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("process " + process.info() + " goes on after " + LONGEST);
        }
        return process.exitValue();
    }

    /** Starts {@code heimdall words}; what it prints is dropped. */
    static Process start(List<String> words) throws IOException {
        return started(new ProcessBuilder(command(words))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Starts {@code heimdall words}, standard error and a crash's words going to a file. */
    public static Process start(File err, List<String> words) throws IOException {
        return started(new ProcessBuilder(command(words))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(err))
                .redirectError(ProcessBuilder.Redirect.appendTo(err)));
    }

    /**
     * Starts {@code heimdall serve} as a worker without HTTP.
     *
     * @param err takes standard error
     */
    public static Process startWorker(File err, Path workspace) throws IOException {
        return start(err, List.of("serve", "--no-http", "--workspace", workspace.toString()));
    }

    /**
     * Starts {@code heimdall words} where no file can grow beyond a size, as on a disk that is full.
     *
     * @param err takes standard error
     */
    static Process startWithSmallFiles(int kilobytes, File err, List<String> words) throws IOException {
        List<String> limited =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kilobytes + " && exec \"$@\"", "bash"));
        limited.addAll(command(words));
        return started(new ProcessBuilder(limited)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err));
    }

    /**
     * Starts {@code heimdall words} on a class path without some jars and with an empty cache.
     *
     * @param jars part of the names of what is left out
     * @param err takes standard error
     */
    static Process startWithout(String jars, Path cache, File err, List<String> words) throws IOException {
        List<String> command = command(words);
        int classPath = command.indexOf("-cp") + 1;
        String kept = Stream.of(command.get(classPath).split(File.pathSeparator))
                .filter(jar -> !jar.contains(jars))
                .collect(Collectors.joining(File.pathSeparator));
        command.set(classPath, kept);
        command.add(classPath - 1, "-Dheimdall.cache=" + cache);
        command.add(classPath - 1, "-DDJL_CACHE_DIR=" + cache);
        return started(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err));
    }

    /**
     * Starts {@code heimdall words} with the backend that dies, standard error and a crash's words going to a file.
     *
     * @param options of the JVM
     */
    public static Process startDying(List<String> options, File err, List<String> words) throws IOException {
        return started(new ProcessBuilder(dying(options, words))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(err))
                .redirectError(ProcessBuilder.Redirect.appendTo(err)));
    }

    /** Runs {@code heimdall words} as {@link #run} does, with the backend that dies. */
    static Ended runDying(List<String> options, Path out, Path err, List<String> words)
            throws IOException, InterruptedException {
        return ended(dying(options, words), out, err);
    }

    private static List<String> dying(List<String> options, List<String> words) {
        List<String> command = command(words);
        int classPath = command.indexOf("-cp") + 1;
        String services = OtherJvm.class.getResource("/dying").getPath();
        command.set(classPath, services + File.pathSeparator + command.get(classPath));
        command.addAll(classPath - 1, options);
        return command;
    }

    /**
     * Runs {@code heimdall words} to its end and returns what it printed on standard output.
     *
     * @param options of the JVM
     * @param err takes standard error
     */
    static Ended run(List<String> options, Path out, Path err, List<String> words)
            throws IOException, InterruptedException {
        return runMain(COMMAND_LINE, options, out, err, words);
    }

    /**
     * Runs another main class than that of the command line to its end, as {@link #run} does.
     *
     * @param main its name
     */
    static Ended runMain(String main, List<String> options, Path out, Path err, List<String> words)
            throws IOException, InterruptedException {
        List<String> command = command(words);
        command.set(command.indexOf(COMMAND_LINE), main);
        command.addAll(command.indexOf("-cp"), options);
        return ended(command, out, err);
    }

    private static Ended ended(List<String> command, Path out, Path err) throws IOException, InterruptedException {
        Process process =
                started(new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()));
        return new Ended(exit(process), Files.readString(out), Files.readString(err));
    }

    /** A process that has ended. */
    record Ended(int exit, String out, String err) {
        String lastLine() {
            return out.substring(out.stripTrailing().lastIndexOf('\n') + 1);
        }
    }

    private static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1", // it ends before the second compiler would pay
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                COMMAND_LINE));
        command.addAll(words);
        return command;
    }
}
