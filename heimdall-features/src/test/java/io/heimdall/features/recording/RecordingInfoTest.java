package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordingInfoTest {

    @Test
    void warningsKeepTheirOrderAndStayThroughEveryChange() {
        RecordingInfo info = new RecordingInfo(
                        "wav", true, 9, OptionalDouble.of(8), OptionalDouble.empty(), Optional.empty())
                .withWarnings(List.of("the first"))
                .withWarnings(List.of("the second", "a value of \u001b[2J\nlines\u009b1m\u202e"));

        assertThat(info.withComplex(false)
                        .withPosition(Optional.empty())
                        .withBits(OptionalInt.of(16))
                        .withParts(2, 3)
                        .withGaps(List.of())
                        .warnings())
                .containsExactly("the first", "the second", "a value of ?[2J?lines?1m?");
    }
}
