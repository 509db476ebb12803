package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.Run;
import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.features.spectrum.FeatureParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCompactionTest {
    @TempDir
    private Path workspace;

    private void store(String key) throws IOException {
        try (FeatureStore store =
                FeatureStores.directory(workspace.resolve("cache").resolve("features"))) {
            FeatureParameters small = FeatureParameters.network().withMels(2).withFrames(2);
            store.put(new FeatureKey(key.repeat(32), small), new float[4]);
        }
    }

    @Test
    void smallFilesAreMerged() throws IOException {
        store("ab");
        store("cd");
        Run run = Run.heimdall("features", "--compact", "--workspace", workspace);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Merged 2 files into 1; features of 2 recordings, 0 damaged or double entries left out");
        run = Run.heimdall("features", "--compact", "--workspace", workspace);
        assertThat(run.out()).contains("Nothing to merge; features of 2 recordings");
        store("ef");
        run = Run.heimdall("features", "--compact", "--workspace", workspace, "--json");
        assertThat(run.out()).contains("{\"shards_before\":2,\"shards_after\":1,\"entries\":3,\"left_out\":0}");
    }

    @Test
    void aStoreThatIsNamedAndMissingIsNotMerged() {
        String missing = workspace.resolve("missing").toString();
        Run run = Run.heimdall(Map.of("HEIMDALL_FEATURES_STORE", missing), "features", "--compact");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("HEIMDALL_FEATURES_STORE").contains(missing + ": there is no such directory");
    }

    @Test
    void saysWhatIsMissing() {
        Run run = Run.heimdall("features", "--compact");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required option: '--workspace=DIR'");
        run = Run.heimdall("features", "--compact", "--workspace", workspace, "a.npy");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--compact takes neither recordings nor --out");
        run = Run.heimdall("features", "--compact", "--workspace", workspace.resolve("none"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains(workspace.resolve("none").toString());
        run = Run.heimdall("features", "--out", workspace.resolve("mel.npy"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required parameter: 'RECORDING'");
        run = Run.heimdall("features", "a.npy");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required option: '--out=FILE.npy|DIR'");
    }
}
