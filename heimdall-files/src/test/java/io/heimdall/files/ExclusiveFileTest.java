package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, with a process of its own beside. */
class ExclusiveFileTest {
    @TempDir
    Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private Process other;
    private BufferedReader said;

    /** Says "waiting" when it did not get the lock at once, and "held" when it has it, until its standard input ends. */
    static final class Other {
        public static void main(String[] args) throws IOException {
            ExclusiveFile.holding(
                    Path.of(args[0]).resolve("job.lock"),
                    () -> {
                        System.out.println("waiting");
                        return false;
                    },
                    "busy",
                    () -> {
                        System.out.println("held");
                        return System.in.read();
                    });
        }
    }

    /** Says "looking" while it has the lock that whoever looks has for a moment, until its standard input ends. */
    static final class Looking {
        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0], "job.lock"), StandardOpenOption.READ);
                    FileLock look = channel.lock(0, Long.MAX_VALUE, true)) {
                System.out.println(look.isShared() ? "looking" : "alone");
                System.in.read();
            }
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        end.countDown();
        if (other != null) {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void afterAWaitTheLockIsTheOnlyOne() throws Exception {
        Thread first = holding();
        start(Other.class);
        assertThat(said.readLine()).isEqualTo("waiting");
        end.countDown();
        first.join();
        assertThat(saidAfterWaiting()).isEqualTo("held");
        assertThatThrownBy(() -> work("job", () -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("busy")
                .hasMessageContaining("job.lock");
        other.destroyForcibly().waitFor(); // a killed process leaves no lock
        assertThat(work("job", () -> true)).isEqualTo("worked");
    }

    @Test
    void whoGivesUpInTheSameProcessLeavesTheLockToItsHolder() throws Exception {
        holding();
        assertThatThrownBy(() -> work("job", () -> true)).isInstanceOf(IOException.class);
        assertThat(work("another", () -> true)).isEqualTo("worked");
        start(Other.class);
        assertThat(said.readLine()).isEqualTo("waiting");
    }

    @Test
    void whatIsTakenIsHeldUntilItIsClosed() throws Exception {
        Path file = folder.resolve("job.lock");
        assertThat(ExclusiveFile.isHeld(file)).as("a missing file").isFalse();
        ExclusiveFile taken = ExclusiveFile.take(file).orElseThrow();
        assertThat(ExclusiveFile.take(file)).isEmpty();
        assertThat(ExclusiveFile.isHeld(file)).isTrue();
        start(Other.class);
        assertThat(said.readLine()).as("after a look").isEqualTo("waiting");

        taken.close();
        taken.close();
        assertThat(saidAfterWaiting()).isEqualTo("held");
        assertThat(ExclusiveFile.take(file)).isEmpty();
        assertThat(ExclusiveFile.isHeld(file)).isTrue();
        other.destroyForcibly().waitFor();
        assertThat(ExclusiveFile.isHeld(file)).isFalse();
    }

    @Test
    void anotherProcessThatLooksHoldsNothing() throws Exception {
        Path file = Files.createFile(folder.resolve("job.lock"));
        start(Looking.class);
        assertThat(said.readLine()).isEqualTo("looking");

        assertThat(ExclusiveFile.isHeld(file)).isFalse();
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        holding();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> work("job", () -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private String work(String name, BooleanSupplier givenUp) throws IOException {
        return ExclusiveFile.holding(folder.resolve(name + ".lock"), givenUp, "busy", () -> "worked");
    }

    /** A thread of this process that has the lock until the end. */
    private Thread holding() throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                ExclusiveFile.holding(folder.resolve("job.lock"), () -> false, "busy", () -> {
                    begun.countDown();
                    awaitEnd();
                    return null;
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        begun.await();
        return thread;
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String saidAfterWaiting() throws IOException {
        String line = said.readLine();
        while (line.equals("waiting")) {
            line = said.readLine();
        }
        return line;
    }

    private void start(Class<?> main) throws IOException {
        other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        said = other.inputReader();
    }
}
