package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingClaimTest {
    @TempDir
    Path folder;

    @Test
    void aKilledProcessLeavesItsFolderFreeAndALivingOneDoesNot() throws Exception {
        Process process = LockProcess.start(folder);
        try {
            assertThat(TrainingClaim.isFree(folder)).isFalse();
            assertThatThrownBy(() -> TrainingClaim.holding(folder, claim -> ""))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("is being worked on by process " + process.pid() + " on ");
            assertThat(TrainingClaim.isFree(folder)).as("after being asked").isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Worker.in(folder)).isPresent();
        assertThat(TrainingClaim.isFree(folder)).isTrue();
        String taken = TrainingClaim.holding(folder, claim -> "taken over");
        assertThat(taken).isEqualTo("taken over");
    }

    @Test
    void whoeverWorksHereIsNotDeadAndKeepsOutASecond() throws IOException {
        assertThat(TrainingClaim.isFree(folder)).as("nobody ever worked here").isTrue();
        String seen = TrainingClaim.holding(folder, claim -> {
            assertThat(TrainingClaim.isFree(folder)).isFalse();
            assertThatThrownBy(() -> TrainingClaim.holding(folder, second -> ""))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("wait for its end");
            return "worked";
        });
        assertThat(seen).isEqualTo("worked");
        assertThat(Worker.in(folder)).isEmpty();
        assertThat(TrainingClaim.isFree(folder)).isTrue();
        assertThatThrownBy(() -> TrainingClaim.holding(folder, claim -> {
                    throw new IOException("a full disk");
                }))
                .hasMessage("a full disk");
        assertThat(TrainingClaim.isFree(folder)).isTrue();
    }

    @Test
    void ofAnotherMachineNothingIsKnown() throws IOException {
        Worker self = Worker.self(true);
        new Worker(self.pid(), self.started(), "elsewhere", "another boot", true, "", Optional.empty()).write(folder);
        assertThat(TrainingClaim.isFree(folder)).isFalse();
        new Worker(self.pid() + 1, self.started(), "elsewhere", self.boot(), true, "", Optional.empty()).write(folder);
        assertThat(TrainingClaim.isFree(folder))
                .as("a container on this machine")
                .isEqualTo(!self.boot().isEmpty());
        new Worker(
                        self.pid() + 1,
                        self.started(),
                        self.host(),
                        "before the machine was restarted",
                        true,
                        "",
                        Optional.empty())
                .write(folder);
        assertThat(TrainingClaim.isFree(folder)).isTrue();
        new Worker(self.pid() + 1, self.started(), self.host(), self.boot(), false, "", Optional.empty()).write(folder);
        assertThat(TrainingClaim.isFree(folder)).as("on a disk without locks").isFalse();
    }

    @Test
    void whatIsWrittenThereComesBackAndDamageIsNobody() throws IOException {
        Worker self = Worker.self(true);
        self.write(folder);
        assertThat(Worker.in(folder)).contains(self);
        assertThat(self.isSelf()).isTrue();
        Files.writeString(folder.resolve("worker.json"), "{\"pid\": ");
        assertThat(TrainingClaim.isFree(folder)).isTrue();
        String taken = TrainingClaim.holding(folder, claim -> "taken");
        assertThat(taken).isEqualTo("taken");
    }
}
