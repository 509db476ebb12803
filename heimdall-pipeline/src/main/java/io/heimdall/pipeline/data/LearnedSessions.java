package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.files.WholeFile;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions that a single network has learned from or was validated with: an artifact of its run, one id a line. The split rule
 * alone cannot tell a session of the training side from one that came into the catalogue after the training.
 *
 * @param ids of the sessions
 */
public record LearnedSessions(Set<String> ids) {
    /** Name of the file. */
    public static final String FILE = "learned_sessions.txt";

    /** Directory among the artifacts of a run. */
    public static final String DIRECTORY = "config";

    /** Copies the set. */
    public LearnedSessions {
        ids = Set.copyOf(ids);
    }

    /** Returns the sessions of a split's training and validation sides. */
    public static LearnedSessions of(SplitSessions split) {
        return new LearnedSessions(Stream.concat(split.training().stream(), split.validation().stream())
                .map(Session::id)
                .collect(Collectors.toSet()));
    }

    /** Returns those of a training's folder; empty if it has recorded none. */
    public static Optional<LearnedSessions> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(new LearnedSessions(Set.copyOf(Files.readAllLines(file))))
                : Optional.empty();
    }

    /** Returns these sessions and others. */
    public LearnedSessions and(LearnedSessions others) {
        return new LearnedSessions(
                Stream.concat(ids.stream(), others.ids.stream()).collect(Collectors.toSet()));
    }

    /** Writes the ids in their order. */
    public void write(Path file) throws IOException {
        WholeFile.write(file, ids.stream().sorted().map(id -> id + "\n").collect(Collectors.joining()));
    }

    /** Returns what a run recorded; empty for a run of an earlier release, of folds, or of another record. */
    public static Optional<LearnedSessions> of(Tracker tracker, String runId) throws IOException {
        try {
            Path file = tracker.fetch(runId, DIRECTORY + "/" + FILE);
            return Optional.of(new LearnedSessions(Set.copyOf(Files.readAllLines(file))));
        } catch (TrackingException | IllegalArgumentException e) {
            return Optional.empty(); // which is no fault: then the split rule decides
        }
    }
}
