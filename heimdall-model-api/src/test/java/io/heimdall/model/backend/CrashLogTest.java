package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashLogTest {
    @TempDir
    Path folder;

    private Path log(String... lines) throws IOException {
        return Files.write(folder.resolve("hs_err_pid12.log"), java.util.List.of(lines));
    }

    @Test
    void aSignalIsReadWithTheFunctionThatItCameIn() throws IOException {
        Path file = log(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  SIGBUS (0x7) at pc=0x00007f0e8007b032, pid=12, tid=14",
                "#",
                "# JRE version: OpenJDK Runtime Environment (21.0.4+7)",
                "# Problematic frame:",
                "# C  [libtorch_cpu.so+0x91a2b3c]  at::native::sum+0x1c");

        assertThat(CrashLog.read(file))
                .contains(new CrashLog(file, "SIGBUS (0x7)", "C  [libtorch_cpu.so+0x91a2b3c]  at::native::sum+0x1c"));
        assertThat(CrashLog.read(file).orElseThrow())
                .hasToString("SIGBUS (0x7) in C [libtorch_cpu.so+0x91a2b3c] at::native::sum+0x1c, see " + file);
    }

    @Test
    void aLackOfMemoryIsReadToo() throws IOException {
        Path file = log(
                "#",
                "# There is insufficient memory for the Java Runtime Environment to continue.",
                "# Native memory allocation (mmap) failed to map 65536 bytes");

        assertThat(CrashLog.read(file).orElseThrow())
                .hasToString("There is insufficient memory for the Java Runtime Environment to continue, see " + file);
    }

    @Test
    void otherFilesAreNone() throws IOException {
        assertThat(CrashLog.read(log("2026-11-29 INFO all is well", "# a comment")))
                .isEmpty();
        assertThat(CrashLog.read(folder.resolve("missing.log"))).isEmpty();
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThat(CrashLog.read(folder.resolve("binary"))).isEmpty();
    }

    @Test
    void whereThisProcessWouldWriteIsKnown() {
        assertThat(CrashLog.ofThisProcess())
                .isAbsolute()
                .hasFileName("hs_err_pid" + ProcessHandle.current().pid() + ".log");
    }
}
