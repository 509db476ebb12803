package io.heimdall.app.command;

import io.heimdall.export.OnnxModel;
import io.heimdall.features.spectrum.FeatureKernels;
import io.heimdall.files.UserCache;
import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.Processor;
import io.heimdall.model.backend.TrainingBackend;
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
        findings.addAll(backends());
        findings.add(onnxRuntime());
        findings.add(featureKernels());
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
                Runtime.getRuntime().availableProcessors() + " cores, " + Processor.ofThisMachine() + ", "
                        + System.getProperty("os.arch") + ", " + System.getProperty("os.name"));
    }

    private static Finding memory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize() / MEGABYTE;
        String found = total + " MB, of which Java takes at most "
                + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB";
        return total >= WANTED_MEMORY_MB
                ? Finding.ok("Memory", found)
                : Finding.note(
                        "Memory", found, "Training needs about " + WANTED_MEMORY_MB + " MB; use a smaller batch.");
    }

    private static Finding cache() throws IOException {
        Path cache = Files.createDirectories(UserCache.directory().toAbsolutePath());
        if (!Files.isWritable(cache)) {
            return Finding.broken(
                    "Cache", cache + " cannot be written", "Set XDG_CACHE_HOME to a directory that can be written.");
        }
        long free = Files.getFileStore(cache).getUsableSpace() / MEGABYTE;
        String found = cache + ", " + free + " MB free";
        return free >= WANTED_DISK_MB
                ? Finding.ok("Cache", found)
                : Finding.note("Cache", found, "A first training needs about " + WANTED_DISK_MB + " MB.");
    }

    private static List<Finding> backends() {
        List<Finding> findings = new ArrayList<>();
        for (TrainingBackend backend : Backends.installed()) {
            Availability availability = backend.probe();
            if (availability instanceof Availability.Ready ready) {
                findings.add(Finding.ok("Backend", backend.id() + " " + ready.version() + " on " + ready.device()));
            } else if (availability instanceof Availability.Missing missing) {
                findings.add(Finding.note("Backend", backend.id() + ": " + missing.reason(), missing.remedy()));
            }
        }
        Backends.broken().forEach(line -> findings.add(Finding.note("Backend", line, "Build Heimdall again.")));
        if (findings.stream().noneMatch(finding -> finding.status() == Finding.Status.OK)) {
            findings.add(Finding.broken("Training", "no backend can train here", "See the lines above."));
        }
        return findings;
    }

    private static Finding onnxRuntime() {
        try {
            return Finding.ok("ONNX Runtime", OnnxModel.runtimeVersion());
        } catch (ModelException e) {
            return Finding.broken(
                    "ONNX Runtime",
                    e.getMessage(),
                    "ONNX Runtime has libraries for Linux, macOS and Windows, x64 and aarch64.");
        }
    }

    private static Finding featureKernels() {
        FeatureKernels kernels = FeatureKernels.ofThisJvm();
        return kernels.remedy().isEmpty()
                ? Finding.ok("Feature kernels", kernels.description())
                : Finding.note("Feature kernels", kernels.description(), "For the fast ones " + kernels.remedy() + ".");
    }
}
