package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> KNOWN =
            List.of("train", "evaluate", "ingest", "inspect", "sync", "learning-rate", "batch-size", "training.epochs");

    @ParameterizedTest
    @CsvSource({
        "trian,train",
        "Train,train",
        "eval,evaluate",
        "in,",
        "ins,inspect",
        "ingset,ingest",
        "learningrate,learning-rate",
        "batch,batch-size",
        "epoch,training.epochs",
        "snyc,sync",
        "xyzzy,",
        "a,",
        "frobnicate,"
    })
    void aWordIsMeantIfItIsNear(String typed, String meant) {
        assertThat(Spelling.meant(typed, KNOWN).orElse(null)).isEqualTo(meant);
    }

    @Test
    void whatIsMeantDoesNotHangOnTheOrderOfTheKnown() {
        assertThat(Spelling.meant("cot", List.of("cut", "cat"))).contains("cat");
        assertThat(Spelling.meant("cot", List.of("cat", "cut"))).contains("cat");
    }
}
