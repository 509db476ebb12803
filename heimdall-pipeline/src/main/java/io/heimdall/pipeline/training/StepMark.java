package io.heimdall.pipeline.training;

import io.heimdall.pipeline.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a training is, in a file of fixed size that each step writes over: a few microseconds, and what is written stays when the
 * process dies.
 */
final class StepMark implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepMark.class);
    private static final String FILE = "worker.step";
    private static final String FORMAT = "%-8s%012d%n";

    private final FileChannel channel;

    private StepMark(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * A place in a training.
     *
     * @param phase that was under way
     * @param done steps of it
     */
    record Place(Phase phase, long done) {
        @Override
        public String toString() {
            return phase == Phase.TRAIN
                    ? "at step " + (done + 1) + " of the training"
                    : "in the phase " + phase.title() + ", after " + done + " of its steps";
        }
    }

    /** Begins to mark the progress in a training's folder. */
    static StepMark open(Path folder) throws IOException {
        StepMark mark = new StepMark(
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        mark.set(Phase.LOAD, 0);
        return mark;
    }

    /** A training goes on without its mark where the disk does not take it. */
    void set(Phase phase, long done) {
        try {
            byte[] place =
                    String.format(Locale.ROOT, FORMAT, phase.name(), done).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(place), 0);
        } catch (IOException e) {
            LOG.debug("The present step cannot be recorded", e);
        }
    }

    /** Returns the last mark in a folder. */
    static Optional<Place> read(Path folder) {
        try {
            String place = Files.readString(folder.resolve(FILE), StandardCharsets.US_ASCII);
            return Optional.of(new Place(
                    Phase.valueOf(place.substring(0, 8).strip()),
                    Long.parseLong(place.substring(8).strip())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns when the last mark in a folder was set; now, where there is none. */
    static Instant lastSet(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(FILE)).toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
