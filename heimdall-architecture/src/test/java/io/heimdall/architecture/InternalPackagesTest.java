package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages called internal are no API: no other module names them, not even in its tests or in benchmarks. */
class InternalPackagesTest {
    private static final Pattern INTERNAL =
            Pattern.compile("^import (?:static )?(io\\.heimdall(?:\\.\\w+)*\\.internal)\\b", Pattern.MULTILINE);

    @Test
    void internalPackagesAreKnownToTheirModuleOnly() throws IOException {
        Set<String> found = new TreeSet<>();
        List<String> foreign = new ArrayList<>();
        for (Path source : sources()) {
            Path module = module(source);
            Matcher named = INTERNAL.matcher(Files.readString(source));
            while (named.find()) {
                found.add(named.group(1));
                if (!Files.isDirectory(
                        module.resolve("src/main/java").resolve(named.group(1).replace('.', '/')))) {
                    foreign.add(source + " names " + named.group(1));
                }
            }
        }
        assertThat(found).contains("io.heimdall.features.internal");
        assertThat(foreign).isEmpty();
    }

    private static Path module(Path source) {
        return Path.of("..").resolve(source.getName(1));
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "heimdall-*")) {
            for (Path module : modules) {
                if (Files.isDirectory(module.resolve("src"))) {
                    try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}
