package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.input.EpochBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFileTest {

    @TempDir
    Path folder;

    @Test
    void blocksComeBackAsTheyWereWritten() throws IOException {
        Path file = folder.resolve(EpochFile.NAME);
        Random random = new Random(1);
        for (int trial = 0; trial < 50; trial++) {
            int number = 1 + random.nextInt(5);
            int stay = 1 + random.nextInt(4);
            int[] blocks = IntStream.range(0, 40)
                    .map(sample -> sample < number ? sample : new Random(sample / stay).nextInt(number))
                    .toArray();
            List<List<String>> shards = IntStream.range(0, number)
                    .mapToObj(block -> block % 3 == 0 ? List.<String>of() : List.of("a" + block, "b"))
                    .toList();
            EpochFile.write(file, new EpochBlocks(blocks, shards));
            EpochBlocks read = EpochFile.read(file, 40);
            assertThat(read.blocks()).isEqualTo(blocks);
            assertThat(read.shards()).isEqualTo(shards);
        }
    }

    @Test
    void samplesInARowTakeAFewCharacters() throws IOException {
        Path file = folder.resolve(EpochFile.NAME);
        EpochFile.write(
                file, new EpochBlocks(new int[] {0, 0, 0, 1, 0, 1, 1}, List.of(List.of("ab", "cd"), List.of())));
        assertThat(file).hasContent("heimdall-epochs-1\nab,cd 0-2 4\n- 3 5-6\n");
    }

    private void refused(String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("bad"), text);
        assertThatThrownBy(() -> EpochFile.read(file, 3))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith(file + ", line ")
                .hasMessageContaining(why);
    }

    @Test
    void whatCannotBeRightIsNamed() throws IOException {
        refused("", "line 1: it does not begin with heimdall-epochs-1");
        refused("heimdall-epochs-1\n- 0-1\n", "sample 2 of 3 is in no block");
        refused("heimdall-epochs-1\n- 0-1\n- 1 2\n", "line 3: sample 1 is in two blocks");
        refused("heimdall-epochs-1\n- 0-3\n", "'0-3' is no number of a sample below 3");
        refused("heimdall-epochs-1\n- 0 x\n", "line 2: 'x' is no number");
    }
}
