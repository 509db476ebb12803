package io.heimdall.pipeline.sweep;

import io.heimdall.files.Directories;
import io.heimdall.files.ExclusiveFile;
import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.tracking.RunStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a sweep in the workspace, in a folder of its name; several processes may work in it.
 *
 * <pre>
 * space.yaml       what was asked for
 * journal.json     trials and their results; its lock beside it
 * owner            whose trainings it has: command, or the id of a sweep of the workers
 * status           of the sweep of the command: RUNNING from its begin, then how it was concluded
 * leader.lock      held by the process that leads the sweep
 * trial-3.lock     held by the process that works on trial 3
 * trainings/       the checkpoints of trials that may go on, a folder each
 * sweep.html, sweep.png, sweep.json   the result
 * </pre>
 *
 * @param path of the folder
 */
public record SweepFolder(Path path) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");
    private static final String JOURNAL = "journal.json";
    /** The owner that {@code heimdall sweep} is. */
    static final String COMMAND = "command";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Returns the folder of a sweep, which need not be there.
     *
     * @throws IllegalArgumentException if that is no name
     */
    public static SweepFolder of(WorkingDirectory working, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a sweep cannot be called '" + name
                    + "'; expected letters, digits, and _ - . and at most 100 characters");
        }
        return new SweepFolder(working.sweeps().resolve(name));
    }

    /** Returns whether a sweep can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Returns the sweeps that have begun in a workspace, by their names.
     *
     * @throws IOException if the directory cannot be read
     */
    public static List<SweepFolder> all(WorkingDirectory working) throws IOException {
        if (!Files.isDirectory(working.sweeps())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(working.sweeps())) {
            return folders.sorted()
                    .map(SweepFolder::new)
                    .filter(SweepFolder::begun)
                    .toList();
        }
    }

    /** Returns the name. */
    public String name() {
        return path.getFileName().toString();
    }

    /** Returns whether the sweep has begun. */
    public boolean begun() {
        return Files.isRegularFile(path.resolve(JOURNAL));
    }

    /**
     * Makes the folder that of an owner: two sweeps in one folder would delete each other's checkpoints.
     *
     * @param owner {@link #COMMAND}, or an id that no other sweep has
     * @throws IllegalArgumentException if it is that of another
     */
    void claim(String owner) throws IOException {
        ExclusiveFile.holding(
                path.resolve("owner.lock"),
                ExclusiveFile.after(PATIENCE),
                "another process is beginning the sweep " + name(),
                () -> {
                    checkOwner(owner);
                    WholeFile.write(owner(), owner);
                    return null;
                });
    }

    /**
     * Checks that the folder is that of an owner, or of nobody.
     *
     * @throws IllegalArgumentException if it is that of another
     */
    void checkOwner(String owner) throws IOException {
        Optional<String> known = Files.isRegularFile(owner())
                ? Optional.of(Files.readString(owner()))
                : begun() ? Optional.of(COMMAND) : Optional.empty();
        if (known.isPresent() && !known.get().equals(owner)) {
            throw new IllegalArgumentException("the name '" + name() + "' is that of another sweep, of "
                    + (known.get().equals(COMMAND) ? "'heimdall sweep'" : "the workers of 'heimdall serve'")
                    + ", in this workspace (" + path + "); take another name");
        }
    }

    private Path owner() {
        return path.resolve("owner");
    }

    /** Returns the file that says what was asked for. */
    public Path space() {
        return path.resolve("space.yaml");
    }

    /**
     * Returns how the sweep was concluded, or {@code RUNNING} if it was not since it begun or went on; empty where an older release has
     * not written it.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it cannot be understood
     */
    public Optional<RunStatus> concluded() throws IOException {
        return Files.isRegularFile(status())
                ? Optional.of(RunStatus.valueOf(Files.readString(status())))
                : Optional.empty();
    }

    void conclude(RunStatus status) throws IOException {
        WholeFile.write(status(), status.name());
    }

    private Path status() {
        return path.resolve("status");
    }

    /** Returns the lock of the process that leads the sweep. */
    public Path leader() {
        return path.resolve("leader.lock");
    }

    /**
     * Returns whether another process leads the sweep now; false where that cannot be known, as of a lock of another user's.
     *
     * @throws IOException if the folder cannot be read
     */
    public boolean isLed() throws IOException {
        if (!Files.isRegularFile(leader())) {
            return false;
        }
        try {
            return ExclusiveFile.isHeld(leader());
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    /** Returns the file of a result: {@code sweep.html}. */
    public Path result(String suffix) {
        return path.resolve("sweep." + suffix);
    }

    /** Returns the directory that the trainings of trials have in the place of the workspace's. */
    WorkingDirectory working() {
        return new WorkingDirectory(path);
    }

    /**
     * Reads the journal.
     *
     * @throws io.heimdall.pipeline.PipelineException if it cannot be understood
     */
    public SweepState state() throws IOException {
        return JournalJson.read(path.resolve(JOURNAL));
    }

    void begin(SweepState state) throws IOException {
        Files.createDirectories(path);
        JournalJson.write(path.resolve(JOURNAL), state);
    }

    /** Changes the journal; no other process does at the same time. */
    SweepState update(UnaryOperator<SweepState> change) throws IOException {
        return ExclusiveFile.holding(
                path.resolve("journal.lock"),
                ExclusiveFile.after(PATIENCE),
                "another process has been writing the journal of sweep " + name() + " for " + PATIENCE.toSeconds()
                        + " s",
                () -> {
                    SweepState before = state();
                    SweepState changed = change.apply(before);
                    if (!changed.equals(before)) {
                        begin(changed);
                    }
                    return changed;
                });
    }

    Path lock(int trial) {
        return path.resolve("trial-" + trial + ".lock");
    }

    /**
     * Deletes the trainings that are not those of trials which may go on: other workspaces have dropped the trials, or have gone on with
     * them. Nobody works on a trial here meanwhile.
     */
    void keep(List<Trial> trials) throws IOException {
        Set<String> kept = trials.stream()
                .filter(trial -> !trial.dropped())
                .flatMap(trial -> trial.runId().stream())
                .collect(Collectors.toSet());
        deleting(() -> {
            for (Path training : trainings()) {
                if (!kept.contains(training.getFileName().toString())) {
                    Directories.delete(training);
                }
            }
            return null;
        });
    }

    /** Deletes the trainings of trials that have been dropped, by another workspace too: nobody goes on with them. */
    void deleteDropped(List<Trial> trials) throws IOException {
        for (Trial trial : trials) {
            boolean isHere = trial.dropped()
                    && trial.runId()
                            .filter(run ->
                                    Files.isDirectory(working().trainings().resolve(run)))
                            .isPresent();
            if (isHere) {
                delete(trial);
            }
        }
    }

    private List<Path> trainings() throws IOException {
        Path trainings = working().trainings();
        if (!Files.isDirectory(trainings)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(trainings)) {
            return folders.toList();
        }
    }

    /** Two workers see at the same time that a trial is lost. */
    private void deleting(ExclusiveFile.Held<Void> deletes) throws IOException {
        ExclusiveFile.holding(
                path.resolve("delete.lock"),
                ExclusiveFile.after(PATIENCE),
                "another process has been deleting trainings of sweep " + name() + " for " + PATIENCE.toSeconds()
                        + " s",
                deletes);
    }

    /** Deletes the training of a trial. */
    void delete(Trial trial) throws IOException {
        if (trial.runId().isPresent()) {
            deleting(() -> {
                Directories.delete(working().trainings().resolve(trial.runId().get()));
                return null;
            });
        }
    }
}
