package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One engine whose unpacked library is damaged, in a JVM of its own: the other one trains, and the doctor names the file. */
@Tag("slow")
@ExtendWith(OtherJvm.class)
class BrokenNativeTest {
    @TempDir
    Path folder;

    @Test
    void aDamagedPyTorchLeavesDeeplearning4j() throws IOException, InterruptedException {
        holds("-DDJL_CACHE_DIR=" + damagedPyTorch(), "djl-pytorch", "libtorch_cpu.so", "dl4j");
    }

    @Test
    void aDamagedNd4jLeavesPyTorch() throws IOException, InterruptedException {
        holds("-Dorg.bytedeco.javacpp.cachedir=" + damagedNd4j(), "dl4j", "libnd4jcpu.so", "djl-pytorch");
    }

    private void holds(String option, String broken, String library, String other)
            throws IOException, InterruptedException {
        OtherJvm.Ended doctor = heimdall(option, "doctor", "--json");
        assertThat(doctor.exit()).as(doctor.err()).isZero();
        List<JsonNode> backends = Stream.of(
                        new ObjectMapper().readTree(doctor.lastLine()).get("findings"))
                .flatMap(findings -> findings.findParents("what").stream())
                .filter(finding -> finding.get("what").asText().equals("Backend"))
                .toList();
        assertThat(backends).hasSize(2);
        for (JsonNode finding : backends) {
            String found = finding.get("found").asText();
            if (found.startsWith(broken)) {
                assertThat(finding.get("status").asText()).isEqualTo("NOTE");
                assertThat(found).contains("did not load", library);
                assertThat(finding.get("remedy").asText()).contains("delete", folder.toString());
            } else {
                assertThat(finding.get("status").asText()).isEqualTo("OK");
                assertThat(found).startsWith(other);
            }
        }

        Path workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 30);
        String[] train = {"train", "--workspace", workspace.toString(), "--network", "small", "--epochs", "1"};
        OtherJvm.Ended training = heimdall(option, train);
        assertThat(training.exit()).as(training.err()).isZero();

        OtherJvm.Ended refused = heimdall(
                option,
                Stream.concat(Stream.of(train), Stream.of("--backend", broken)).toArray(String[]::new));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(broken, library, other + " (ready)").doesNotContain("\tat ");
    }

    private OtherJvm.Ended heimdall(String option, String... words) throws IOException, InterruptedException {
        return OtherJvm.run(List.of(option), folder.resolve("out.txt"), folder.resolve("err.txt"), List.of(words));
    }

    /** DJL takes a directory of its version's name as it is. */
    private Path damagedPyTorch() throws IOException {
        var properties = new Properties();
        try (InputStream in = getClass().getResourceAsStream("/native/lib/pytorch.properties")) {
            properties.load(in);
        }
        Path cache = folder.resolve("djl");
        Path libraries = Files.createDirectories(cache.resolve("pytorch")
                .resolve(String.join(
                        "-",
                        properties.getProperty("version"),
                        properties.getProperty("flavor"),
                        properties.getProperty("classifier"))));
        try (JarFile jar = jar("pytorch-native-cpu")) {
            for (JarEntry entry :
                    jar.stream().filter(e -> e.getName().contains(".so")).toList()) {
                Path library = libraries.resolve(Path.of(entry.getName()).getFileName());
                if (entry.getName().endsWith("libtorch_cpu.so")) {
                    zeros(library, entry);
                } else {
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, library);
                    }
                }
            }
        }
        return cache;
    }

    /** JavaCPP takes a file of the entry's size and time as it is. */
    private Path damagedNd4j() throws IOException {
        Path cache = folder.resolve("javacpp");
        try (JarFile jar = jar("nd4j-native-1")) {
            JarEntry entry = jar.stream()
                    .filter(e -> e.getName().endsWith("libnd4jcpu.so"))
                    .findFirst()
                    .orElseThrow();
            zeros(cache.resolve(Path.of(jar.getName()).getFileName()).resolve(entry.getName()), entry);
        }
        return cache;
    }

    private static JarFile jar(String name) throws IOException {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(name))
                .toList();
        for (Path path : jars) {
            var jar = new JarFile(path.toFile());
            if (jar.stream().anyMatch(entry -> entry.getName().endsWith(".so"))) {
                return jar;
            }
            jar.close();
        }
        throw new AssertionError("no " + name + " with libraries on the class path");
    }

    /** Writes a file of an entry's size and time that holds nothing but zeros, and takes no room on the disk. */
    private static void zeros(Path file, JarEntry entry) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(entry.getSize());
        }
        if (!file.toFile().setLastModified(entry.getTime())) {
            throw new IOException("cannot set the time of " + file);
        }
    }
}
