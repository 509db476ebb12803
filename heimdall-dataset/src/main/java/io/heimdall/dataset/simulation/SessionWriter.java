package io.heimdall.dataset.simulation;

import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.util.function.IntConsumer;

final class SessionWriter {
    SessionWriter(Simulation s, Workspace w) {}

    int write(int sessions, int threads, IntConsumer p) throws IOException {
        return 0;
    }
}
