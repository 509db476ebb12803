package io.heimdall.backend.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.backend.Availability;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.EngineProcess;
import io.heimdall.model.backend.ProcessContract;
import io.heimdall.model.backend.TrainingBackend;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Dl4jBackendTest extends ProcessContract {
    private final Dl4jBackend backend = new Dl4jBackend();

    @Override
    protected TrainingBackend backend() {
        return backend;
    }

    /** 48 s of a processor; the gradients of each operation in double precision are in {@link Dl4jOperationTest}. */
    @Override
    @Tag("slow")
    @ParameterizedTest
    @MethodSource(CASES)
    protected void trainsInDoublePrecisionExactlyAsPyTorchDoes(String name) {
        super.trainsInDoublePrecisionExactlyAsPyTorchDoes(name);
    }

    @Test
    void isFoundByItsId() {
        assertThat(Backends.require("dl4j")).isInstanceOf(Dl4jBackend.class);
    }

    @Test
    void saysWhatItIs() {
        assertThat(backend.probe()).isInstanceOfSatisfying(Availability.Ready.class, ready -> {
            assertThat(ready.version()).matches("Deeplearning4j 1\\.0\\.0-M2\\.1, CpuBackend");
            assertThat(ready.device()).isEqualTo("cpu");
        });
    }

    @Test
    void slowNativesAndMissingHelpersAreNamed() {
        var fast = List.of("/cache/linux-x86_64-onednn/libjnind4jcpu.so", "/cache/libopenblas.so.0");
        var plain = List.of("/cache/linux-x86_64/libjnind4jcpu.so");
        assertThat(Nd4jEngine.whySlow(fast, true)).isEmpty();
        assertThat(Nd4jEngine.whySlow(plain, true).orElseThrow()).contains(plain.get(0) + " have no oneDNN");
        assertThat(Nd4jEngine.whySlow(fast, false).orElseThrow()).contains("MKLDNNConvHelper");
    }

    @Test
    void refusesToRunSlowUnlessToldTo() throws Exception {
        var off = List.of("-D" + Nd4jEngine.HELPERS_OFF + "=true");
        assertThat(run(off, "probe", "dl4j"))
                .contains("Missing[reason=the layers' oneDNN helpers are switched off")
                .contains("seven times as long")
                .contains("remedy=leave that property away, or accept it with -D" + Nd4jEngine.ALLOW_SLOW + "=true");
        var accepted = List.of(off.get(0), "-D" + Nd4jEngine.ALLOW_SLOW + "=true");
        assertThat(run(accepted, "probe", "dl4j")).contains("Ready[").contains("trained");
    }

    @Test
    void missingNativesAreNamedWithTheWayToGetThem() throws Exception {
        String without = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*nd4j-native-1[^/]*linux-x86_64[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        var builder = EngineProcess.builder(without, List.of(), "probe", "dl4j");
        builder.environment().put("XDG_CACHE_HOME", folder.toString()); // where no earlier run has left them
        assertThat(end(builder.start()))
                .contains("Missing[reason=the native libraries of ND4J did not load")
                .contains("org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier linux-x86_64-onednn");
    }

    @Test
    void writesIntoTheUsersCacheAndNowhereElse() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        var options = List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData");
        var builder = EngineProcess.builder(System.getProperty("java.class.path"), options, "probe", "dl4j");
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("HOME", home.toString());
        builder.directory(Files.createDirectory(folder.resolve("work")).toFile());
        assertThat(end(builder.start())).contains("trained");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allMatch(file -> file.startsWith(folder.resolve("cache/heimdall/javacpp")));
        }
    }
}
