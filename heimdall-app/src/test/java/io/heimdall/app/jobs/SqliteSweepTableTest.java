package io.heimdall.app.jobs;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSweepTableTest extends SweepTableContract {
    @TempDir
    Path directory;

    @Override
    JobStore store() {
        return JobStore.in(directory);
    }
}
