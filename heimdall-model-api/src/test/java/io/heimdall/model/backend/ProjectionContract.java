package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.Batch;
import io.heimdall.model.backend.SweepProcess.Extent;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation.Conv2d;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every backend must do with convolutions of one pixel: compute them right, and survive them on any processor. */
public abstract class ProjectionContract {
    private static final int ROWS = 3;

    @TempDir
    Path folder;

    /** Returns the backend under test. */
    protected abstract TrainingBackend backend();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 1, 0, 7, 5", "5, 4, 1, 2, 0, 8, 6", "3, 8, 0, 2, 1, 5, 9", "4, 2, 0, 3, 0, 11, 7",
        "7, 12, 0, 3, 2, 6, 10", "2, 3, 2, 4, 1, 3, 4", "3, 17, 0, 2, 0, 1, 1", "64, 1, 0, 5, 0, 4, 4"
    })
    void lossAndGradientsAreThoseOfTheDefinition(
            int channels, int between, int firstPadding, int stride, int padding, int height, int width) {
        Conv2d reduce = new Conv2d(channels, between, 1, 1, firstPadding);
        Conv2d project = new Conv2d(between, 6, 1, stride, padding);
        NetworkSpec network = Projections.plain(channels, height, width, reduce, project);
        Batch batch = SyntheticTensors.batch(network, ROWS, "projection.", 0);
        Weights start = SyntheticTensors.weights(network);
        var reference = new ProjectionReference(height, width, reduce, project, batch, start);
        try (TrainingSession session =
                backend().open(network, SessionOptions.seeded(1).withPrecision(Precision.FLOAT64))) {
            session.load(start);
            StepResult result = session.step(batch, new GaussianNll(), new OptimizerStep(1, 1e-9, 0, 1e9));

            assertThat(result.loss()).isCloseTo(reference.loss(), within(1e-9));
            session.optimizer().moments().forEach((name, moments) -> {
                for (int i = 0; i < moments.first().length; i++) {
                    double gradient = 10 * moments.first()[i]; // AdamW's first moment is a tenth of it after one step
                    assertThat(gradient)
                            .as(name + " " + i)
                            .isCloseTo(reference.slope(name, i), within(1e-6 * (1 + Math.abs(gradient))));
                }
            });
        }
    }

    @Test
    void networksOfFewChannelsDoNotBringTheProcessDown() throws Exception {
        assertThat(swept(Extent.QUICK)).contains("swept 5 networks");
    }

    /** Takes minutes, so that it is left to {@code .ci/run}. */
    @Test
    @Tag("slow")
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void noSizeOfBatchAndNoNumberOfThreadsBringsTheProcessDown() throws Exception {
        String summary = swept(Extent.AXES);
        System.out.println(summary);
        assertThat(summary).contains("16 numbers of threads, 33 sizes of batch");
    }

    /** Returns the last line of a sweep; where its process died, says how, on which processor, and what it was doing. */
    private String swept(Extent extent) throws IOException, InterruptedException {
        Path crashLog = folder.resolve("hs_err.log");
        Path said = folder.resolve("said.txt");
        Process process = SweepProcess.builder(crashLog, extent, backend())
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(extent == Extent.QUICK ? 10 : 24, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        List<String> lines = Files.readAllLines(said);
        assertThat(ended && process.exitValue() == 0)
                .as(
                        "the process %s, %s; crash log: %s; its last words:%n%s",
                        ended ? "ended with exit code " + process.exitValue() : "hung",
                        Processor.ofThisMachine(),
                        CrashLog.read(crashLog).map(CrashLog::toString).orElse("none"),
                        String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size())))
                .isTrue();
        return lines.get(lines.size() - 1);
    }
}
