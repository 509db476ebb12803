package io.heimdall.pipeline.training;

import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that works in a training's folder, and dies there. */
final class DyingProcess {
    private DyingProcess() {}

    /** Arguments: the folder, the steps done before the end, and the end: a signal, {@code fault} or {@code exit}. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        TrainingClaim.holding(folder, claim -> {
            try {
                PipelineListener marking = claim.marking(PipelineListener.NONE);
                marking.begin(Phase.TRAIN, 0);
                for (int done = 0; done <= Integer.parseInt(args[1]); done++) {
                    marking.advance(done, "");
                }
                end(args[2]);
            } catch (ReflectiveOperationException | InterruptedException e) {
                throw new IOException(e);
            }
            return null;
        });
    }

    private static void end(String how) throws ReflectiveOperationException, IOException, InterruptedException {
        switch (how) {
            case "exit" -> System.exit(3);
            case "fault" -> fault();
            default -> {
                String self = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-" + how, self).start().waitFor();
                TimeUnit.MINUTES.sleep(1);
            }
        }
    }

    /** Writes where nothing is, as broken native code does. */
    private static void fault() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field only = unsafe.getDeclaredField("theUnsafe");
        only.setAccessible(true);
        unsafe.getMethod("putAddress", long.class, long.class).invoke(only.get(null), 0L, 1L);
    }

    /** Runs one to its end and returns its exit code; a crash log goes to the folder {@code crashes} beside the training's. */
    static int run(Path folder, int steps, String how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolveSibling("crashes") + "/hs_err_pid%p.log",
                "-cp",
                System.getProperty("java.class.path"),
                DyingProcess.class.getName(),
                folder.toString(),
                Integer.toString(steps),
                how));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it did not die of " + how);
        }
        return process.exitValue();
    }
}
