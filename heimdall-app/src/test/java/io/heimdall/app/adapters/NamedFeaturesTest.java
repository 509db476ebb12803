package io.heimdall.app.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.SettingException;
import io.heimdall.pipeline.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedFeaturesTest {
    private static final FeatureKey KEY = new FeatureKey(
            "ab".repeat(32), FeatureParameters.network().withMels(2).withFrames(2));

    @TempDir
    private Path folder;

    private static long count(NamedFeatures features) throws IOException {
        try (features) {
            return features.cache().count();
        }
    }

    private void store(Path directory, Precision precision) throws IOException {
        try (FeatureStore store = FeatureStores.directory(directory, precision)) {
            store.put(KEY, new float[4]);
        }
    }

    @Test
    void withoutSettingsTheWorkspaceHasThemAndOthersKeepNone() throws IOException {
        WorkingDirectory workspace = new WorkingDirectory(folder.resolve("w"));
        store(workspace.featureCache(), Precision.FLOAT32);
        assertThat(count(NamedFeatures.open(Map.of(), workspace))).isEqualTo(1);
        assertThat(count(NamedFeatures.open(Map.of(), folder.resolve("local")))).isZero();
        assertThat(folder.resolve("local")).doesNotExist();
    }

    @Test
    void aDirectoryMayBeShared() throws IOException {
        store(folder.resolve("shared"), Precision.FLOAT32);
        Map<String, String> named =
                Map.of("HEIMDALL_FEATURES_STORE", folder.resolve("shared").toString());
        assertThat(count(NamedFeatures.open(named, new WorkingDirectory(folder.resolve("w")))))
                .isEqualTo(1);
        assertThat(count(NamedFeatures.open(named, folder.resolve("local")))).isEqualTo(1);
    }

    @Test
    void aFolderOnAServerIsAskedByTheFirstCallOnly() throws IOException {
        Map<String, String> named = Map.of(
                "HEIMDALL_FEATURES_STORE", "s3://bucket/features",
                "HEIMDALL_FEATURES_ENDPOINT", "http://127.0.0.1:1",
                "AWS_ACCESS_KEY_ID", "me",
                "AWS_SECRET_ACCESS_KEY", "hush");
        NamedFeatures.open(named, folder.resolve("local")).close();
    }

    @Test
    void saysWhichSettingCannotBeUsed() {
        assertThatThrownBy(() ->
                        NamedFeatures.open(Map.of("HEIMDALL_FEATURES_PRECISION", "half"), new WorkingDirectory(folder)))
                .isInstanceOf(SettingException.class)
                .hasMessage("precision of features 'half' is not one of float32, float16");
        assertThatThrownBy(() -> NamedFeatures.open(Map.of("HEIMDALL_FEATURES_STORE", "s3://bucket"), folder))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("'s3://bucket' is not of the form s3://bucket/key");
        assertThatThrownBy(() -> NamedFeatures.open(Map.of("HEIMDALL_FEATURES_STORE", "s3://bucket/f"), folder))
                .isInstanceOf(SettingException.class)
                .hasMessage("HEIMDALL_FEATURES_STORE is s3://bucket/f, and no S3 server is named: set"
                        + " HEIMDALL_FEATURES_ENDPOINT or HEIMDALL_S3_ENDPOINT");
    }

    private void refuses(String location, String why) {
        Map<String, String> named = Map.of("HEIMDALL_FEATURES_STORE", location);
        assertThatThrownBy(() -> NamedFeatures.open(named, folder))
                .isInstanceOf(SettingException.class)
                .hasMessage("HEIMDALL_FEATURES_STORE is " + location + ": " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3://bucket/f", "https://host/f", "file:///f", "gs://bucket/f"})
    void anotherPlaceIsNoDirectory(String location) {
        refuses(location, "give a directory, or s3://bucket/folder");
    }

    @Test
    void aFileIsNoStore() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        refuses(file.toString(), "that is a file; give a directory, or s3://bucket/folder");
    }

    @Test
    void aMissingDirectoryIsMadeLaterOrRequired() throws IOException {
        String location = folder.resolve("missing").toString();
        Map<String, String> named = Map.of("HEIMDALL_FEATURES_STORE", location);
        assertThat(count(NamedFeatures.open(named, folder))).isZero();
        assertThatThrownBy(() -> NamedFeatures.requireThere(named))
                .isInstanceOf(SettingException.class)
                .hasMessage("HEIMDALL_FEATURES_STORE is " + location + ": there is no such directory");
        NamedFeatures.requireThere(Map.of());
        NamedFeatures.requireThere(Map.of("HEIMDALL_FEATURES_STORE", folder.toString()));
        NamedFeatures.requireThere(Map.of("HEIMDALL_FEATURES_STORE", "s3://bucket/f"));
    }
}
