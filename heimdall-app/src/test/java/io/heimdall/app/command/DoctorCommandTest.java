package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void printsWhatItLookedAt() {
        Run run = Run.heimdall("doctor");

        assertThat(run.out()).contains("Java", "Memory", "Cache", "Feature kernels");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void endsWithOneObjectOfJson() throws Exception {
        Run run = Run.heimdall("doctor", "--json");

        JsonNode report = new ObjectMapper().readTree(run.lastLine());
        assertThat(run.out().lines()).hasSize(1);
        assertThat(report.get("ready").asBoolean()).isEqualTo(run.exit() == 0);
        assertThat(report.get("findings").findValuesAsText("what")).contains("Java", "Processor", "Memory");
    }
}
