package io.heimdall.app;

import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.TrainingBackend;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.IVersionProvider;

/** The version and commit that the build wrote beside this class, the Java it runs on, and the engines on the class path. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        List<String> lines = new ArrayList<>();
        lines.add(build(properties));
        lines.add("Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        lines.addAll(engines());
        return lines.stream()
                .map(line -> line.replace("%", "%%"))
                .toArray(String[]::new); // picocli takes them as formats
    }

    /** Returns the version, and the commit where the build was told it. */
    static String build(Properties properties) {
        String commit = properties.getProperty("commit", "");
        return "heimdall " + properties.getProperty("version") + (commit.isEmpty() ? "" : " (commit " + commit + ")");
    }

    /** Names the engines without asking them whether they can run, which would load their native libraries. */
    private static List<String> engines() {
        try {
            String ids = Backends.installed().stream().map(TrainingBackend::id).collect(Collectors.joining(", "));
            List<String> lines = new ArrayList<>();
            lines.add("Engines: " + (ids.isEmpty() ? "none" : ids));
            lines.addAll(Backends.broken());
            return lines;
        } catch (ModelException e) { // two of the same id
            return List.of("Engines: " + e.getMessage());
        }
    }
}
