package io.heimdall.servers.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this one's class path, for what a test cannot do to itself. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * Runs a program to its end.
     *
     * @param before start of the command line, such as a program that makes a small disk
     * @param options for the JVM
     * @param program with a main method
     * @return what it printed
     */
    public static String run(List<String> before, List<String> options, Class<?> program, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(program.getSimpleName() + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }
}
