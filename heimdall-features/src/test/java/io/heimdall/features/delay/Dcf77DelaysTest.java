package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delays of DCF77 (Mainflingen, 50.0155 N, 9.0108 E) between three KiwiSDRs, where the recordings lie beside the repository. */
class Dcf77DelaysTest {
    private static Path folder;

    @BeforeAll
    static void findRecordings() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "no repository root above the working directory");
        folder = root.resolveSibling("shared/data/real/dcf77-2017");
        assumeTrue(Files.isDirectory(folder), "real recordings are not here: " + folder);
    }

    private static Recording kiwi(String station) throws IOException {
        return Recordings.open(folder.resolve("20171127T104156Z_77500_" + station + "_iq.wav"));
    }

    private static DelayEstimate delay(String first, String second) throws IOException {
        try (Recording a = kiwi(first);
                Recording b = kiwi(second)) {
            Delay delay = DelayEstimator.withinMetres(1_000_000)
                    .estimate(
                            TimedRecording.of(a).orElseThrow(),
                            TimedRecording.of(b).orElseThrow());
            assertThat(delay).isInstanceOf(DelayEstimate.class);
            return (DelayEstimate) delay;
        }
    }

    /** Distances on the ellipsoid: DF0KL 423.167 km, F1JEK 784.074 km, HB9RYZ 319.109 km. */
    @ParameterizedTest
    @CsvSource({"DF0KL, F1JEK, 423167, 784074", "DF0KL, HB9RYZ, 423167, 319109", "F1JEK, HB9RYZ, 784074, 319109"})
    void delaysAgreeWithGeometryWithinTwoSigma(String first, String second, double toFirst, double toSecond)
            throws IOException {
        DelayEstimate estimate = delay(first, second);
        double expected = (toFirst - toSecond) / DelayEstimator.SPEED_OF_LIGHT;
        assertThat(estimate.delaySeconds()).isCloseTo(expected, within(2 * estimate.sigmaSeconds()));
        assertThat(estimate.delaySeconds()).isCloseTo(expected, within(10_000 / DelayEstimator.SPEED_OF_LIGHT));
        // The noise alone would be far too sure: the phase over frequency is no straight line.
        assertThat(estimate.noiseSigmaSeconds()).isLessThan(2.5e-6);
        assertThat(estimate.dispersionSigmaSeconds()).isBetween(10e-6, 50e-6);
        assertThat(estimate.frequencyOffsetHz()).isCloseTo(0, within(0.01));
        assertThat(estimate.coherence()).isGreaterThan(0.5);
        assertThat(estimate.secondPeakRatio()).isLessThan(0.2);
    }

    @Test
    void aTriangleOfDelaysCloses() throws IOException {
        double around = delay("DF0KL", "F1JEK").delaySeconds()
                + delay("F1JEK", "HB9RYZ").delaySeconds()
                + delay("HB9RYZ", "DF0KL").delaySeconds();
        assertThat(around).isCloseTo(0, within(30e-6));
    }
}
