package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void messagesThatDifferInNamesAndNumbersHaveOneCause() {
        List<String> messages = List.of(
                "recording /a/b c.npy: it ends at sample 7, its header promises 1.5",
                "station 'Torino' stands at 0, 0",
                "recording /a/d/e.wav: it ends at sample 12345, its header promises -3",
                "station 'Genova, \"the\" port' stands at -1.25, 1e3",
                "recording s3://bucket/key: there is no such file",
                "recording C:\\iq\\my file.npy: there is no such file");
        assertThat(Causes.groups(messages, Function.identity()))
                .containsExactly(
                        List.of(messages.get(0), messages.get(2)),
                        List.of(messages.get(1), messages.get(3)),
                        List.of(messages.get(4), messages.get(5)));
    }

    @Test
    void aFewAreNamed() {
        assertThat(Causes.named(List.of(3, 4, 5))).isEqualTo("3, 4, 5");
        assertThat(Causes.named(List.of(3, 4, 5, 6, 7, 8))).isEqualTo("3, 4, 5, 6, 7, ...");
    }
}
