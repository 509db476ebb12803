package io.heimdall.localization.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.localization.region.GridLines.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridLinesTest {
    @Test
    void linesAreAsCloseAsTheNarrowestSpanAsks() {
        double[] lines = GridLines.between(0, 10, List.of(new Span(0, 10, 2), new Span(3, 4, 0.5)));

        assertThat(lines).containsExactly(0, 2, 3, 3.5, 4, 6, 8, 10);
    }

    @Test
    void noStepJumpsOverASpanThatIsNarrowerThanIt() {
        double[] lines = GridLines.between(0, 1000, List.of(new Span(0, 1000, 400), new Span(500, 501, 0.5)));

        assertThat(lines).contains(500, 500.5, 501);
    }

    @Test
    void tooManyLinesAreThinnedOutEvenly() {
        double[] lines = GridLines.between(-5, 5, List.of(new Span(-5, 5, 0.001)));

        assertThat(lines.length).isBetween(300, GridLines.MOST + 1);
        assertThat(lines).startsWith(-5).endsWith(5).isSorted();
    }
}
