package io.heimdall.pipeline.training;

import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.input.EpochBlocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file of a training's blocks: a title, then a line for each block with its shards, commas between them, and the numbers of its samples
 * ({@code 0-57 60}).
 */
final class EpochFile {
    static final String NAME = "epochs.txt";
    private static final String TITLE = "heimdall-epochs-1";
    private static final String NONE = "-";

    private EpochFile() {}

    static void write(Path file, EpochBlocks blocks) throws IOException {
        List<StringBuilder> lines = new ArrayList<>();
        blocks.shards()
                .forEach(shards -> lines.add(new StringBuilder(shards.isEmpty() ? NONE : String.join(",", shards))));
        int[] of = blocks.blocks();
        int[] previous = new int[lines.size()];
        Arrays.fill(previous, -2);
        boolean[] open = new boolean[lines.size()];
        for (int sample = 0; sample < of.length; sample++) {
            int block = of[sample];
            if (previous[block] == sample - 1) {
                open[block] = true;
            } else {
                close(lines.get(block), open, block, previous[block]);
                lines.get(block).append(' ').append(sample);
            }
            previous[block] = sample;
        }
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        for (int block = 0; block < lines.size(); block++) {
            close(lines.get(block), open, block, previous[block]);
            text.append(lines.get(block)).append('\n');
        }
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void close(StringBuilder line, boolean[] open, int block, int end) {
        if (open[block]) {
            line.append('-').append(end);
            open[block] = false;
        }
    }

    /**
     * Reads blocks.
     *
     * @param samples number of samples, each of which has to be in one block
     * @throws PipelineException naming the file and the line that cannot be right
     */
    static EpochBlocks read(Path file, int samples) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(TITLE)) {
            throw fault(file, 1, "it does not begin with " + TITLE);
        }
        int[] blocks = new int[samples];
        Arrays.fill(blocks, -1);
        List<List<String>> shards = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            String[] words = lines.get(line).split(" ");
            shards.add(words[0].equals(NONE) ? List.of() : List.of(words[0].split(",")));
            for (int i = 1; i < words.length; i++) {
                put(words[i], line - 1, blocks, file);
            }
        }
        for (int sample = 0; sample < samples; sample++) {
            if (blocks[sample] < 0) {
                throw fault(file, lines.size(), "sample " + sample + " of " + samples + " is in no block");
            }
        }
        return new EpochBlocks(blocks, shards);
    }

    private static void put(String word, int block, int[] blocks, Path file) {
        try {
            int dash = word.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? word : word.substring(0, dash));
            int end = dash < 0 ? from : Integer.parseInt(word.substring(dash + 1));
            for (int sample = from; sample <= end; sample++) {
                if (blocks[sample] >= 0) {
                    throw fault(file, block + 2, "sample " + sample + " is in two blocks");
                }
                blocks[sample] = block;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw fault(file, block + 2, "'" + word + "' is no number of a sample below " + blocks.length);
        }
    }

    private static PipelineException fault(Path file, int line, String what) {
        return new PipelineException(file + ", line " + line + ": " + what
                + "; the training cannot be gone on with in the order in which it was begun");
    }
}
