package io.heimdall.model.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processor of a machine, which determines the kernels of engines.
 *
 * @param name of the model, or of the architecture where the system tells no more
 * @param vectors the widest vector instructions, {@code AVX-512}, {@code AVX2} or {@code no AVX2}; empty where the system does not tell
 * @param limit the value of {@code ONEDNN_MAX_CPU_ISA}, which forbids oneDNN wider ones; empty where it is not set
 */
public record Processor(String name, String vectors, String limit) {
    private static final String LIMIT = "ONEDNN_MAX_CPU_ISA";
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    /** Returns the processor of this machine. */
    public static Processor ofThisMachine() {
        String limit = System.getenv().getOrDefault(LIMIT, "");
        try {
            return of(Files.readAllLines(LINUX), limit);
        } catch (IOException e) { // not on Linux
            return of(List.of(), limit);
        }
    }

    static Processor of(List<String> cpuInfo, String limit) {
        String architecture = System.getProperty("os.arch");
        Set<String> flags = Set.of(value(cpuInfo, "flags").split(" "));
        String vectors = flags.contains("avx512f") ? "AVX-512" : flags.contains("avx2") ? "AVX2" : "no AVX2";
        String model = value(cpuInfo, "model name");
        return new Processor(model.isEmpty() ? architecture : model, flags.contains("sse2") ? vectors : "", limit);
    }

    private static String value(List<String> cpuInfo, String key) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse("");
    }

    /** Returns the processor as messages name it: {@code AMD EPYC (AVX2)}. */
    @Override
    public String toString() {
        String limited = limit.isEmpty() ? "" : LIMIT + "=" + limit;
        List<String> more =
                Stream.of(vectors, limited).filter(part -> !part.isEmpty()).toList();
        return more.isEmpty() ? name : name + " (" + String.join(", ", more) + ")";
    }
}
