package io.heimdall.pipeline.training;

import io.heimdall.pipeline.data.StreamChoice;
import io.heimdall.pipeline.input.Assembler.Spectrograms;
import io.heimdall.pipeline.input.EpochBlocks;
import io.heimdall.pipeline.input.SessionSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides whether the epochs of a training stream, and keeps their blocks: a training that goes on has the same, whatever has happened
 * to the shards.
 *
 * @param folder of the training
 */
record EpochStream(TrainingFolder folder) {

    /** Returns what is said to someone who asks for a stream of a network that reads nothing in its epochs. */
    static Optional<String> warning(TrainingSettings settings) {
        return settings.streamsNothing()
                ? Optional.of("--stream on: the network '" + settings.network()
                        + "' reads no spectrograms in its epochs; nothing is streamed")
                : Optional.empty();
    }

    /** Returns samples as the training's settings want them read, or as they were read when the training began. */
    SessionSamples training(SessionSamples samples) throws IOException {
        Optional<Spectrograms> read = samples.assembler().spectrograms();
        if (read.isEmpty()) {
            return samples;
        }
        Path file = folder.path().resolve(EpochFile.NAME);
        if (Files.exists(file)) {
            return samples.streamed(EpochFile.read(file, samples.size()));
        }
        StreamChoice choice = folder.settings().data().stream();
        boolean begun = folder.checkpoints().present();
        if (begun || !choice.streams(samples.recordings(), read.get().features().size())) {
            return samples;
        }
        EpochBlocks blocks = samples.shards();
        EpochFile.write(file, blocks);
        return samples.streamed(blocks);
    }

    /** Returns validation samples, read ahead where those of the training are. */
    SessionSamples validation(SessionSamples training, SessionSamples samples) {
        return training.blocks().isPresent() ? samples.readAhead() : samples;
    }
}
