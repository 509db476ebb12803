package io.heimdall.app.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
