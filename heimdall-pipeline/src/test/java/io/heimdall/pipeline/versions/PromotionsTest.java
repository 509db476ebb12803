package io.heimdall.pipeline.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionsTest {
    @TempDir
    Path folder;

    private FileStoreTracker store;
    private Promotions promotions;

    @BeforeEach
    void registerThreeVersions() throws IOException {
        store = FileStoreTracker.open(folder.resolve("mlruns"));
        TrackedRun run = store.start(RunInfo.of("heimdall", "small"));
        Path model = Files.createDirectories(folder.resolve("m"));
        Files.writeString(model.resolve("MLmodel"), "flavors: {}");
        run.artifact(model, "model");
        for (int i = 0; i < 3; i++) {
            store.registerModel("small", run.id(), "model");
        }
        promotions = new Promotions(store, "small", Promotions.CHAMPION);
    }

    private Promotion promote(OptionalInt from, int to, String because) {
        return promotions.promote(from, to, Optional.of(because), Optional.empty(), Optional.empty());
    }

    private List<Integer> champions(String alias) {
        return store.versions("small").stream()
                .filter(version -> version.aliases().contains(alias))
                .map(ModelVersion::version)
                .toList();
    }

    @Test
    void aPromotionKeepsTheFormerAndItsTrace() throws IOException {
        promote(OptionalInt.empty(), 1, "the first");
        Promotion second = promote(OptionalInt.of(1), 3, "\"better\" µ");

        assertThat(champions("champion")).containsExactly(3);
        assertThat(champions("previous")).containsExactly(1);
        Map<String, String> tags = store.versions("small").get(2).tags();
        assertThat(tags.keySet()).singleElement().asString().matches("heimdall\\.champion\\.\\d{8}T\\d{6}\\.\\d{3}Z");
        JsonNode trace = new ObjectMapper().readTree(tags.values().iterator().next());
        assertThat(trace.get("from").asInt()).isEqualTo(1);
        assertThat(trace.get("to").asInt()).isEqualTo(3);
        assertThat(trace.get("because").asText()).isEqualTo("\"better\" µ");
        assertThat(trace.get("forced").asBoolean()).isTrue();
        assertThat(trace.get("who").asText()).contains("@");
        assertThat(trace.get("when").asText()).isEqualTo(second.when().toString());
    }

    @Test
    void aReturnChangesPlacesAndASecondOneUndoesIt() {
        assertThatThrownBy(() -> promotions.rollback(Optional.empty()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("has no champion");
        promote(OptionalInt.empty(), 1, "the first");
        assertThatThrownBy(() -> promotions.rollback(Optional.empty()))
                .hasMessageContaining("v1 is the first champion");
        promote(OptionalInt.of(1), 2, "the second");

        promotions.rollback(Optional.empty());
        assertThat(champions("champion")).containsExactly(1);
        assertThat(champions("previous")).containsExactly(2);
        promotions.rollback(Optional.of("it was not the model"));
        assertThat(champions("champion")).containsExactly(2);
        assertThat(champions("previous")).containsExactly(1);
    }

    @Test
    void aPromotionFromAChampionThatIsNoMoreIsRefused() {
        promote(OptionalInt.empty(), 1, "the first");
        promote(OptionalInt.of(1), 2, "the second");

        assertThatThrownBy(() -> promote(OptionalInt.of(1), 3, "too late"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("another process has moved it");
        assertThat(champions("champion")).containsExactly(2);
    }

    @Test
    void anotherAliasHasItsOwnFormer() {
        Promotions staging = new Promotions(store, "small", "staging");
        staging.promote(OptionalInt.empty(), 1, Optional.empty(), Optional.empty(), Optional.empty());
        staging.promote(OptionalInt.of(1), 2, Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(champions("previous-staging")).containsExactly(1);
        assertThat(champions("previous")).isEmpty();
        assertThatThrownBy(() -> new Promotions(store, "small", "previous"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> promote(OptionalInt.empty(), 1, " ")).hasMessageContaining("expected are 1..1000");
    }
}
