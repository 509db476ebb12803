package io.heimdall.app.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@link DoctorCommand} looks at. */
final class Findings {

    private static final long MEGABYTE = 1 << 20;
    private static final long WANTED_MEMORY_MB = 4096;
    private static final long WANTED_DISK_MB = 2048;

    private Findings() {}

    /** Looks at everything; loads native libraries. */
    static List<Finding> all() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(processor());
        findings.add(memory());
        findings.add(cache());
        findings.add(vectors());
        return findings;
    }

    private static Finding java() {
        String found = System.getProperty("java.version") + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= 17
                ? Finding.ok("Java", found)
                : Finding.broken("Java", found, "Install Java 17 or newer, or set JAVA_HOME.");
    }

    private static Finding processor() {
        return Finding.ok(
                "Processor",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch") + ", "
                        + System.getProperty("os.name"));
    }

    private static Finding memory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize() / MEGABYTE;
        String found = total + " MB, of which Java takes at most "
                + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
        return total >= WANTED_MEMORY_MB
                ? Finding.ok("Memory", found)
                : Finding.note("Memory", found, "Training wants " + WANTED_MEMORY_MB + " MB; take a smaller batch.");
    }

    private static Finding cache() throws IOException {
        Path cache = Path.of(System.getProperty("heimdall.cache", System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        if (!Files.isWritable(cache)) {
            return Finding.broken("Cache", cache + " cannot be written", "Set XDG_CACHE_HOME to a directory that can.");
        }
        long free = Files.getFileStore(cache).getUsableSpace() / MEGABYTE;
        String found = cache + ", " + free + " MB free";
        return free >= WANTED_DISK_MB
                ? Finding.ok("Cache", found)
                : Finding.note("Cache", found, "A first training needs about " + WANTED_DISK_MB + " MB.");
    }

    private static Finding vectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? Finding.ok("Vector module", "on")
                : Finding.note(
                        "Vector module",
                        "off: features are computed without SIMD",
                        "Nothing needs it yet; HEIMDALL_JAVA_OPTS='--add-modules jdk.incubator.vector' turns it on.");
    }
}
