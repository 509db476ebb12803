package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Heimdall;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void whatItSaysToTryWorks() throws IOException {
        Path first = folder.resolve("new/first");
        Run init = Run.heimdall("init", first);
        assertThat(init.exit()).as(init.err()).isZero();
        assertThat(init.out()).contains("heimdall inspect", "heimdall locate SESSIONS.csv", "heimdall ingest");
        assertThat(names(folder.resolve("new"))).containsExactly("first");
        assertThat(names(first)).containsExactly("SESSIONS.csv", "heimdall.yaml", "recordings");

        Path recordings = first.resolve("recordings");
        List<Path> wav;
        try (Stream<Path> files = Files.list(recordings)) {
            wav = files.sorted().toList();
        }
        assertThat(wav).hasSize(3).allSatisfy(file -> assertThat(file).hasSize(44 + 4 * 8192));
        Run inspect = Run.heimdall(
                "inspect", wav.get(0), wav.get(1), wav.get(2), "--html", folder.resolve("recordings.html"));
        assertThat(inspect.exit()).as(inspect.err()).isZero();
        assertThat(inspect.out() + inspect.err()).doesNotContain("warning");

        JsonNode place = locate(first);
        assertThat(place.get("latitude").asDouble()).isCloseTo(45.05, within(0.001));
        assertThat(place.get("longitude").asDouble()).isCloseTo(8.4, within(0.001));

        Run ingest =
                Run.heimdall("ingest", "--workspace", folder.resolve("ws"), "--strict", first.resolve("SESSIONS.csv"));
        assertThat(ingest.exit()).as(ingest.err()).isZero();
        assertThat(ingest.out()).startsWith("1 sessions added").contains("3 of 3 rows taken, 0 refused, 0 with");
    }

    private JsonNode locate(Path first) throws IOException {
        Run locate = Run.heimdall("locate", first.resolve("SESSIONS.csv"), "--json");
        assertThat(locate.exit()).as(locate.err()).isZero();
        return JSON.readTree(locate.lastLine());
    }

    @Test
    void itsConfigurationIsReadAndEveryLineOfItCouldBe() throws IOException {
        Path first = folder.resolve("first");
        Run.heimdall("init", first);
        String text = Files.readString(first.resolve("heimdall.yaml"));
        String settings = text.lines()
                .filter(line -> line.matches("#? ?[ a-z-]+:.*") && !line.contains("heimdall COMMAND"))
                .map(line -> line.replaceFirst("^# ", "").replaceFirst("^workspace: .*", "workspace: " + folder))
                .reduce("", (before, line) -> before + line + "\n");
        assertThat(settings).contains("\n  epochs: 40\n", "\nmlflow:\n");
        Path all = Files.writeString(folder.resolve("all.yaml"), settings);
        assertThat(Run.heimdall("runs", "--config", all).err()).contains("there is no workspace in " + folder);
    }

    @Test
    void anEmptyDirectoryIsFilled() throws IOException {
        Run init = Run.heimdall("init", folder, "--json");
        assertThat(init.exit()).as(init.err()).isZero();
        assertThat(names(folder)).containsExactly("SESSIONS.csv", "heimdall.yaml", "recordings");
        assertThat(JSON.readTree(init.lastLine()).get("files")).hasSize(5);
    }

    @Test
    void aDirectoryThatIsNotEmptyIsLeftAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
        Run init = Run.heimdall("init", folder);
        assertThat(init.exit()).isEqualTo(Heimdall.FAILED);
        assertThat(init.err())
                .isEqualTo("heimdall: " + folder
                        + " is not empty: it has 'mine.txt'; expected a new or empty directory\n");
        assertThat(names(folder)).containsExactly("mine.txt");
        assertThat(Run.heimdall("init", file).err()).contains(file + " is a file; expected a new or empty directory");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
