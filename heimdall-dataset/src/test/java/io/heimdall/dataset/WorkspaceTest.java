package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    Path directory;

    @Test
    void keepsWhatWasStoredWhenOpenedAgain() throws Exception {
        Path root = directory.resolve("w");
        try (Workspace workspace = Workspace.openOrCreate(root)) {
            workspace.catalog().add(Sessions.session("one"));
        }
        try (Workspace workspace = Workspace.openOrCreate(root)) {
            assertThat(workspace.catalog().session("one")).contains(Sessions.session("one"));
            assertThat(workspace.directory()).isEqualTo(root.toAbsolutePath());
        }
    }

    @Test
    void refusesAWorkspaceOfANewerRelease() throws Exception {
        Workspace.create(directory).close();
        Files.writeString(directory.resolve("workspace.json"), "{\"format\": 7, \"more\": true}");
        assertThatThrownBy(() -> Workspace.open(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("has format 7, this release reads formats up to 1");
    }

    @Test
    void tellsHowToMakeAMissingWorkspace() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> Workspace.open(missing))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("heimdall ingest");
        assertThat(missing).doesNotExist();
    }

    @Test
    void doesNotSpreadIntoADirectoryOfSomethingElse() throws Exception {
        Files.writeString(directory.resolve("thesis.tex"), "mine");
        assertThatThrownBy(() -> Workspace.openOrCreate(directory)).hasMessageContaining("is not empty");
        assertThat(directory.resolve("workspace.json")).doesNotExist();
    }

    @Test
    void refusesToCreateTwice() throws Exception {
        Workspace.create(directory).close();
        assertThatThrownBy(() -> Workspace.create(directory)).hasMessageContaining("is a workspace already");
    }

    @Test
    void recoversFromAProcessKilledWhileCreating() throws Exception {
        Files.writeString(directory.resolve(".workspace.json.27f3.part"), "{\"for");
        Workspace.create(directory).close();
        Workspace.open(directory).close();
    }

    @Test
    void namesADamagedMarker() throws Exception {
        Workspace.create(directory).close();
        Files.writeString(directory.resolve("workspace.json"), "garbage");
        assertThatThrownBy(() -> Workspace.open(directory)).hasMessageContaining("workspace.json is damaged");
        Files.writeString(directory.resolve("workspace.json"), "{\"format\": \"x\"}");
        assertThatThrownBy(() -> Workspace.open(directory)).hasMessageContaining("no format number");
    }

    @Test
    void namesADamagedCatalogue() throws Exception {
        Workspace.create(directory).close();
        Files.writeString(directory.resolve("catalog.sqlite"), "this is no database ".repeat(100));
        assertThatThrownBy(() -> Workspace.open(directory))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("catalog.sqlite")
                .hasMessageContaining("not a database");
    }
}
