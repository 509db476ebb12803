package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Heimdall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OtherJvm.class)
class RehearsalTest {
    @TempDir
    Path folder;

    private OtherJvm.Ended rehearsal() throws Exception {
        return OtherJvm.runMain(
                "io.heimdall.app.command.Rehearsal",
                List.of("-Xlog:class+load:file=" + folder.resolve("loaded.txt")),
                folder.resolve("out.txt"),
                folder.resolve("err.txt"),
                List.of(folder.toString()));
    }

    @Test
    void servesAPredictionSoThatAllItNeedsIsLoaded() throws Exception {
        OtherJvm.Ended ended = rehearsal();
        assertThat(ended.exit()).as(ended.err()).isEqualTo(Heimdall.DONE);
        assertThat(Files.readString(folder.resolve("loaded.txt")))
                .contains("io.heimdall.app.service.LocationViews", "io.heimdall.model.output.SampledLevels");
    }

    @Test
    void whatIsInItsWayEndsItWithAWord() throws Exception {
        Files.writeString(folder.resolve("workspace"), "a file");
        OtherJvm.Ended ended = rehearsal();
        assertThat(ended.exit()).isEqualTo(Heimdall.FAILED);
        assertThat(ended.err()).contains("the rehearsal failed: ").doesNotContain("\tat ");
    }
}
