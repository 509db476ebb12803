package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolFileTest {
    @TempDir
    Path folder;

    private static LogPool pool(double freedom) {
        LevelGrid grid = new LevelGrid(
                new LevelGrid.Stations(
                        new float[] {0.5f, -0.25f},
                        new float[] {-90, -80},
                        new float[] {0.125f, 0.5f},
                        new float[][] {{1, 2, 3}, {4, 5, 6}},
                        new float[][] {{7, 8, 9}, {10, 11, 12}}),
                new LevelGrid.Cells(new float[] {-1, 0, 1}, new float[] {5, 6, 7}, new float[] {0, -1, -2}, 55.5),
                new LevelGrid.Scalars(-31.7, 12.3, freedom, 0.4, -71.3, 10, 987.6));
        return new LogPool(grid, 0.7, 0.3);
    }

    @Test
    void keepsEveryNumber() throws IOException {
        for (double freedom : new double[] {20, Double.POSITIVE_INFINITY}) {
            LogPool pool = pool(freedom);
            PoolFile.in(folder).write(Optional.of(pool));
            assertThat(PoolFile.in(folder).read().orElseThrow())
                    .usingRecursiveComparison()
                    .isEqualTo(pool);
        }
        PoolFile.in(folder).write(Optional.empty());
        assertThat(PoolFile.in(folder).read()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        PoolFile.in(folder).write(Optional.of(pool(3)));
        Path file = PoolFile.in(folder).file();
        Weights whole = Safetensors.read(file);
        Map<String, String> numbers = Safetensors.metadata(file);
        Safetensors.write(file, whole, Map.of());
        assertThatThrownBy(() -> PoolFile.in(folder).read())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("a number 'side_m'");
        Safetensors.write(file, new Weights(Map.of("cells", FloatTensor.zeros(3, 2))), numbers);
        assertThatThrownBy(() -> PoolFile.in(folder).read())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("a tensor 'stations' of two axes");
    }
}
