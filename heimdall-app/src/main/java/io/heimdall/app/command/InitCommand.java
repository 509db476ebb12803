package io.heimdall.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code heimdall init}: writes a directory to begin with. */
@Command(
        name = "init",
        description = {
            "Write a directory to begin with: a table of sessions and a configuration file, both with comments, and the"
                    + " recordings of three simulated receivers, 32 kB each.",
            "The directory must be new or empty."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall init first",
            "      writes first/SESSIONS.csv, first/heimdall.yaml and first/recordings/, and says what to try with them"
        })
public final class InitCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "DIR", description = "A new or empty directory.")
    private Path directory;

    InitCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Path> files = new FirstDirectory(directory).write();
        output.say(directory + ": " + files.size() + " files. Try:");
        if (!directory.toAbsolutePath().normalize().equals(Path.of("").toAbsolutePath())) {
            output.say("  cd " + directory);
        }
        output.say("  heimdall inspect recordings/*.wav --html recordings.html");
        output.say("  heimdall locate SESSIONS.csv --html location.html");
        output.say("  heimdall ingest --config heimdall.yaml SESSIONS.csv");
        output.say(
                "Then write your own sessions into SESSIONS.csv. A training needs some dozens; heimdall demo simulates"
                        + " them.");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("directory", directory.toString());
        json.put("files", files.stream().map(Path::toString).toList());
        output.json(json);
        return 0;
    }
}
