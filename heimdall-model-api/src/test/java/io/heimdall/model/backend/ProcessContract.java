package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend must do as a process: survive its death, and not grow. On top of {@link BackendContract}. */
public abstract class ProcessContract extends BackendContract {
    /** Of one test. */
    @TempDir
    protected Path folder;

    @Tag("slow")
    @Test
    void trainingKilledAtAnyMomentEndsWithTheSameBits() throws Exception {
        assertKilledEndsAlike("train");
    }

    @Tag("slow")
    @Test
    void trainingWithAnAverageKilledAtAnyMomentEndsWithTheSameBits() throws Exception {
        assertThat(assertKilledEndsAlike("average"))
                .isNotEqualTo(run(
                        List.of(),
                        "train",
                        backend().id(),
                        folder.resolve("plain").toString()));
    }

    private String assertKilledEndsAlike(String what) throws Exception {
        String whole =
                run(List.of(), what, backend().id(), folder.resolve("whole").toString());
        assertThat(whole).contains("weights ");
        Path killed = folder.resolve("killed");
        var random = new Random(4);
        for (int epoch : new int[] {1, 3}) {
            Process process = start(List.of(), what, backend().id(), killed.toString());
            while (process.isAlive() && !Files.exists(killed.resolve(String.format("last-%06d", epoch)))) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(30));
            process.destroyForcibly().waitFor();
        }
        assertThat(run(List.of(), what, backend().id(), killed.toString())).isEqualTo(whole);
        return whole;
    }

    @Tag("slow")
    @Test
    void memoryStaysFlatOverStepsAndSessions() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        // A heap that is all there from the start, so that only native memory can grow.
        List<String> options = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
        long[] megabytes = Stream.of(run(options, "memory", backend().id()).split("\n"))
                .filter(line -> line.startsWith("megabytes "))
                .mapToLong(line -> Long.parseLong(line.substring(10)))
                .toArray();
        assertThat(megabytes).hasSize(4);
        // a step that keeps its gradients costs 0.3 MB, a session that keeps weights and gradients 90 MB
        assertThat(megabytes[1] - megabytes[0]).as("growth over 300 steps").isLessThan(60);
        assertThat(megabytes[3] - megabytes[2]).as("growth over 20 sessions").isLessThan(180);
    }

    @Tag("slow")
    @Test
    void nativesAreUnpackedBelowTheCacheThatIsNamed() throws Exception {
        Path named = folder.resolve("named");
        var builder = EngineProcess.builder(
                System.getProperty("java.class.path"),
                List.of("-D" + NativeCache.PROPERTY + "=" + named),
                "probe",
                backend().id());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("other").toString());

        assertThat(end(builder.start())).contains("Ready[").contains("trained");

        try (Stream<Path> files = Files.walk(named)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
        }
        assertThat(folder.resolve("other/heimdall")).doesNotExist();
    }

    /** Runs an {@link EngineProcess} to its end and returns what it said. */
    protected static String run(List<String> options, String... args) throws IOException, InterruptedException {
        return end(start(options, args));
    }

    /** Waits for an {@link EngineProcess} and returns what it said. */
    protected static String end(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Process start(List<String> options, String... args) throws IOException {
        return EngineProcess.builder(System.getProperty("java.class.path"), options, args)
                .start();
    }
}
