package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTableTest {
    @TempDir
    Path folder;

    private static Fault fault(int session, boolean mayPass) {
        return new Fault(
                "s" + session, "Genova", "s3://b/" + session, "recording s3://b/" + session + " ends early", mayPass);
    }

    @Test
    void eachFaultIsALineAndAlikeOnesAreToldOnce() throws IOException {
        Path file = folder.resolve("faults.jsonl");
        Files.writeString(file, "of an earlier run\n");
        try (FaultTable table = new FaultTable(file)) {
            table.add(fault(1, false));
            table.add(fault(2, true));
            table.add(new Fault("s3", "Alba", "s3://b/3", "no such object", false));
            assertThat(file).hasContent("of an earlier run\n");
            table.publish();

            assertThat(table.count()).isEqualTo(3);
            assertThat(table.passing()).isEqualTo(1);
            assertThat(table.summary())
                    .containsExactly("recording s3://b/1 ends early (likewise 1 more)", "no such object");
        }
        List<String> lines = Files.readAllLines(file);
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(lines).hasSize(3);
        assertThat(second.get("session").asText()).isEqualTo("s2");
        assertThat(second.get("station").asText()).isEqualTo("Genova");
        assertThat(second.get("recording").asText()).isEqualTo("s3://b/2");
        assertThat(second.get("may_pass").asBoolean()).isTrue();
    }

    @Test
    void aRunThatFailsLeavesTheTableOfTheOneBefore() throws IOException {
        Path file = folder.resolve("faults.jsonl");
        Files.writeString(file, "of an earlier run\n");
        try (FaultTable table = new FaultTable(file)) {
            table.add(fault(1, false));
        }

        assertThat(file).hasContent("of an earlier run\n");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aHundredCausesAreTenLinesAndOneMore() throws IOException {
        try (FaultTable table = new FaultTable(folder.resolve("faults.jsonl"))) {
            for (char cause = 'a'; cause < 'z'; cause++) {
                table.add(new Fault("s", "Alba", "s3://b/3", "reason " + cause, false));
            }
            assertThat(table.summary()).hasSize(11);
        }
    }
}
