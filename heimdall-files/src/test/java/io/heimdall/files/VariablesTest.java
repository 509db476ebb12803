package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
    @Test
    void aBlankVariableCountsAsMissing() {
        Map<String, String> environment = Map.of("BLANK", " \t", "SET", " value\n");

        assertThat(Variables.value(environment, "SET")).contains("value");
        assertThat(Variables.value(environment, "BLANK")).isEmpty();
        assertThat(Variables.value(environment, "MISSING")).isEmpty();
    }
}
