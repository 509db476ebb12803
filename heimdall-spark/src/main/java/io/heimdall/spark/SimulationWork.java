package io.heimdall.spark;

import io.heimdall.dataset.Session;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.WorldFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;

/**
 * Records simulated sessions by their numbers. A session is a function of world, seed and number, so it does not matter who records it; one
 * that is recorded again has the same bytes.
 *
 * @param workspace that the world's description is in
 */
record SimulationWork(WorkPlace workspace, long seed) implements RowWork<Long, String> {
    private static final String WORLD = "world.json";

    @Override
    public Opened<Long, String> open() throws IOException {
        Path directory = workspace.directory();
        Path file = directory.resolve(WORLD);
        Simulation simulation = new Simulation(
                WorldFile.read(file).orElseThrow(() -> new IOException(file + ": there is no world to simulate")),
                seed);
        return new Task(simulation.recorder(DirectoryObjectStore.open(directory.resolve("objects"))));
    }

    private record Task(LongFunction<Session> recorder) implements Opened<Long, String> {

        @Override
        public String of(Long number) {
            return Rows.text(recorder.apply(number));
        }

        @Override
        public void close() {
            // each recording is in the store already
        }
    }
}
