package io.heimdall.app.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line in a JVM of its own, which can be killed or kept short. */
public final class OtherJvm {
    private OtherJvm() {}

    /** Starts {@code heimdall words}; what it prints is dropped. */
    static Process start(List<String> words) throws IOException {
        return new ProcessBuilder(command(words))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts {@code heimdall words}, standard error and a crash's words going to a file. */
    public static Process start(File err, List<String> words) throws IOException {
        return new ProcessBuilder(command(words))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(err))
                .redirectError(ProcessBuilder.Redirect.appendTo(err))
                .start();
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
        return new ProcessBuilder(limited)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err)
                .start();
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
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err)
                .start();
    }

    /**
     * Starts {@code heimdall words} with the backend that dies, standard error and a crash's words going to a file.
     *
     * @param options of the JVM
     */
    public static Process startDying(List<String> options, File err, List<String> words) throws IOException {
        return new ProcessBuilder(dying(options, words))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(err))
                .redirectError(ProcessBuilder.Redirect.appendTo(err))
                .start();
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
        List<String> command = command(words);
        command.addAll(command.indexOf("-cp"), options);
        return ended(command, out, err);
    }

    private static Ended ended(List<String> command, Path out, Path err) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
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
                "-XX:-UsePerfData",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                "io.heimdall.app.Heimdall"));
        command.addAll(words);
        return command;
    }
}
