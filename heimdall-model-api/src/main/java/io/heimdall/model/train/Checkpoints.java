package io.heimdall.model.train;

import io.heimdall.model.ModelException;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run in a directory: that of the last epoch, that of the best one, and those of other good ones.
 *
 * <p>Each checkpoint is a directory, {@code last-000012}, {@code best-000009} or {@code kept-000007} for the epochs 12, 9 and 7. It is written
 * to a temporary name, forced to disk and renamed, and only then the previous one is deleted. So a complete checkpoint
 * exists whenever the process is killed or the disk is full. The one with the highest number is used. One writer at a
 * time.
 */
public final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("(last|best|kept)-(\\d{1,9})(-old)?");
    private static final String OLD = "-old";
    private static final String ASIDE = ".aside-";

    private final Path directory;

    private Checkpoints(Path directory) {
        this.directory = directory;
    }

    /** Returns the checkpoints in a directory, which is made when the first is written. */
    public static Checkpoints in(Path directory) {
        return new Checkpoints(directory.toAbsolutePath().normalize());
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /**
     * Reads the weights that the epoch of a checkpoint was judged by: their average, where there is one.
     *
     * @param checkpoint the directory of one
     * @return empty if the directory is no checkpoint
     * @throws IOException naming the file that cannot be read, and what is wrong with it
     */
    public static Optional<Weights> judged(Path checkpoint) throws IOException {
        for (String name : List.of(CheckpointFiles.AVERAGE, CheckpointFiles.WEIGHTS)) {
            Path file = checkpoint.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(Safetensors.read(file));
            }
        }
        return Optional.empty();
    }

    /** Returns whether there is any checkpoint. */
    public boolean present() {
        return newest(Kind.LAST).isPresent();
    }

    /**
     * Reads the last epoch's checkpoint.
     *
     * @throws ModelException naming the file that cannot be read, and what is wrong with it
     */
    public Optional<Checkpoint> last() {
        return newest(Kind.LAST).map(Checkpoints::read);
    }

    /**
     * Reads the checkpoint of the best epoch; the last one where no epoch could be judged.
     *
     * @throws ModelException naming the file that cannot be read, and what is wrong with it
     */
    public Optional<Checkpoint> best() {
        return newest(Kind.BEST).map(Checkpoints::read).or(() -> last().map(Checkpoint::judged));
    }

    /** Which of them: that of the last epoch, of the best one, or of another that is among the best. */
    enum Kind {
        LAST("last"),
        BEST("best"),
        KEPT("kept");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Writes a checkpoint, then deletes the older ones of its kind. A best one that is best no more is kept as {@link Kind#KEPT} if it is
     * to be.
     *
     * @param kept epochs whose checkpoints stay, beside the last and the best one
     * @throws ModelException if it cannot be written; the older ones are still there then
     */
    void write(Kind kind, Checkpoint checkpoint, Set<Integer> kept) {
        Path aside = directory.resolve(ASIDE + UUID.randomUUID());
        Path target = directory.resolve(String.format("%s-%06d", kind.prefix, checkpoint.epoch()));
        try {
            Files.createDirectories(directory);
            deleteLeftovers();
            Files.createDirectory(aside);
            CheckpointFiles.write(aside, checkpoint);
            force(aside);
            replace(aside, target);
            force(directory);
            for (Path older : all(kind)) {
                if (!older.equals(target)) {
                    leave(older, kind, kept);
                }
            }
        } catch (IOException e) {
            ModelException fault = new ModelException(directory.toString(), cannotWrite(checkpoint, e), e, true);
            try {
                delete(aside);
            } catch (IOException leftover) {
                fault.addSuppressed(leftover);
            }
            throw fault;
        }
    }

    private void leave(Path older, Kind kind, Set<Integer> kept) throws IOException {
        boolean stays = kept.contains(epoch(older));
        if (!stays) {
            delete(older);
        } else if (kind == Kind.BEST) {
            Path other = directory.resolve(String.format("%s-%06d", Kind.KEPT.prefix, epoch(older)));
            delete(other); // of a process that was killed here before
            Files.move(older, other, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes the kept checkpoints of other epochs than these. */
    void keep(Set<Integer> kept) {
        try {
            for (Path path : all(Kind.KEPT)) {
                if (!kept.contains(epoch(path))) {
                    delete(path);
                }
            }
        } catch (IOException e) {
            throw new ModelException(
                    directory.toString(), "cannot delete a checkpoint in " + directory + ": " + reason(e), e, true);
        }
    }

    private String cannotWrite(Checkpoint checkpoint, IOException e) {
        String kept = newest(Kind.LAST)
                .map(path -> "; " + path.getFileName() + " is kept, and the run can be resumed from it")
                .orElse("");
        return "cannot write the checkpoint of epoch " + checkpoint.epoch() + " (about "
                + (CheckpointFiles.bytes(checkpoint) / 1_000_000 + 1) + " MB) into " + directory + ": " + reason(e)
                + kept;
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f) {
            String reason = f.getReason() == null ? f.getClass().getSimpleName() : f.getReason();
            return reason + " (" + f.getFile() + ")";
        }
        return String.valueOf(e.getMessage());
    }

    /** A disk may answer the next time; a file that is damaged, missing or of another user stays that. */
    private static boolean mayPass(IOException e) {
        return !(e instanceof UnusableFileException
                || e instanceof NoSuchFileException
                || e instanceof AccessDeniedException);
    }

    private static Checkpoint read(Path path) {
        try {
            return CheckpointFiles.read(path);
        } catch (IOException e) {
            throw new ModelException(
                    path.toString(), "cannot read the checkpoint " + path + ": " + reason(e), e, mayPass(e));
        }
    }

    private Optional<Path> newest(Kind kind) {
        try {
            return all(kind).stream()
                    .max(Comparator.comparingInt(Checkpoints::epoch)
                            .thenComparing(path -> !path.toString().endsWith(OLD)));
        } catch (IOException e) {
            throw new ModelException(
                    directory.toString(),
                    "cannot list the checkpoints in " + directory + ": " + reason(e),
                    e,
                    mayPass(e));
        }
    }

    private List<Path> all(Kind kind) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> {
                        Matcher name = NAME.matcher(path.getFileName().toString());
                        return name.matches() && name.group(1).equals(kind.prefix);
                    })
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static int epoch(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(path + " is no checkpoint");
        }
        return Integer.parseInt(name.group(2));
    }

    /**
     * Takes the place of a checkpoint of the same epoch, which a resumed run writes again. A rename replaces empty
     * directories only: the old one steps aside under a name that still counts, should the process be killed just then.
     */
    private void replace(Path aside, Path target) throws IOException {
        Path old = directory.resolve(target.getFileName() + OLD);
        if (Files.exists(target)) {
            delete(old);
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
    }

    private void deleteLeftovers() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                if (path.getFileName().toString().startsWith(ASIDE)) {
                    delete(path);
                }
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException e) {
            // Windows cannot open a directory, and renames there are in the journal.
            if (!System.getProperty("os.name").startsWith("Windows")) {
                throw e;
            }
        }
    }
}
