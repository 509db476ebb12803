package io.heimdall.pipeline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commit that the working directory's repository stands on, read from its files. */
final class GitCommit {
    private static final String REFERENCE = "ref: ";
    private static final String HASH = "[0-9a-f]{40}([0-9a-f]{24})?";

    private GitCommit() {}

    static Optional<String> current() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return of(git);
            }
        }
        return Optional.empty();
    }

    static Optional<String> of(Path git) {
        try {
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (!head.startsWith(REFERENCE)) {
                return Optional.of(head).filter(hash -> hash.matches(HASH));
            }
            String name = head.substring(REFERENCE.length());
            Path loose = git.resolve(name).normalize();
            if (loose.startsWith(git) && Files.isRegularFile(loose)) {
                return Optional.of(Files.readString(loose).strip()).filter(hash -> hash.matches(HASH));
            }
            return Files.readAllLines(git.resolve("packed-refs")).stream()
                    .filter(line -> line.endsWith(" " + name))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(hash -> hash.matches(HASH))
                    .findFirst();
        } catch (IOException e) { // a run without this tag is as good
            return Optional.empty();
        }
    }
}
