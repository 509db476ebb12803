package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what the pages of the documentation must have in common. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DECISIONS = ROOT.resolve("docs/adr");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern DECISION =
            Pattern.compile("# (\\d+)\\. (.+)\n\nStatus: accepted, (\\d{4}-\\d\\d-\\d\\d)\\b");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                URI target = URI.create(link.group(1));
                if (target.getScheme() == null
                        && !target.getPath().isEmpty()
                        && !Files.exists(page.resolveSibling(target.getPath()))) {
                    broken.add(page + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDecisionHasItsNumberAndStatusAndIsInTheIndex() throws IOException {
        List<String> expected = new ArrayList<>();
        try (Stream<Path> files = Files.list(DECISIONS)) {
            for (Path file :
                    files.filter(f -> !f.endsWith("README.md")).sorted().toList()) {
                String name = file.getFileName().toString();
                Matcher decision = DECISION.matcher(Files.readString(file));
                assertThat(decision.lookingAt()).as(name).isTrue();
                assertThat(name).startsWith("%04d-".formatted(Integer.parseInt(decision.group(1))));
                expected.add("| [%s](%s) | %s | %s |"
                        .formatted(decision.group(1), name, decision.group(2), decision.group(3)));
            }
        }
        assertThat(Files.readAllLines(DECISIONS.resolve("README.md")).stream().filter(line -> line.startsWith("| [")))
                .containsExactlyElementsOf(expected);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), DECISIONS)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        assertThat(pages).hasSizeGreaterThan(50);
        return pages;
    }
}
