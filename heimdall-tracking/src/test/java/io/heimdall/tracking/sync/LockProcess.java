package io.heimdall.tracking.sync;

import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/** A process beside the tests' own that uses the same store. */
final class LockProcess {
    private LockProcess() {}

    /**
     * Runs one of
     * <pre>{@code
     * send ROOT              says "held" while it has the lock of those who send, until its standard input ends
     * move ROOT N            says "held", waits for a byte, then moves "champion" of "small" to and fro N times
     * register ROOT RUN N    says "held", waits for a byte, then registers N versions of the model "small"
     * }</pre>
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[1]);
        if (args[0].equals("send")) {
            StoreSync.alone(root, Duration.ZERO, () -> {
                System.out.println("held");
                return System.in.read();
            });
            return;
        }
        FileStoreTracker store = FileStoreTracker.open(root);
        System.out.println("held");
        boolean asked = System.in.read() >= 0;
        if (asked && args[0].equals("move")) {
            System.out.println(move(store, Integer.parseInt(args[2])));
        } else if (asked) {
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                store.registerModel("small", args[2], "model");
            }
        }
    }

    /** Moves "champion" to and fro between two versions, as often as asked, and returns how often that was done. */
    static int move(FileStoreTracker store, int times) {
        int moved = 0;
        for (int i = 0; i < times; i++) {
            int from = store.byAlias("small", "champion").orElseThrow().version();
            String tag = "heimdall.champion." + ProcessHandle.current().pid() + "-" + i;
            try {
                store.move(
                        "small",
                        new AliasMove("champion", OptionalInt.of(from), 3 - from, "previous", Map.of(tag, "")));
                moved++;
            } catch (TrackingException e) {
                if (!e.getMessage().contains("another process has moved it")) {
                    throw e;
                }
            }
        }
        return moved;
    }

    /** Starts it, and waits for its word. */
    static Process start(String... args) throws IOException {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LockProcess.class.getName()
        };
        String[] whole = Arrays.copyOf(command, command.length + args.length);
        System.arraycopy(args, 0, whole, command.length, args.length);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readNBytes(4), StandardCharsets.UTF_8);
        if (!said.equals("held")) {
            throw new AssertionError(
                    said + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return process;
    }
}
