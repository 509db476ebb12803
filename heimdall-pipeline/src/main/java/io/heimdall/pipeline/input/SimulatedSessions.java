package io.heimdall.pipeline.input;

import io.heimdall.files.OrderedResults;
import io.heimdall.files.OrderedWork;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.train.BatchCursor;
import io.heimdall.pipeline.world.SessionDraws;
import io.heimdall.pipeline.world.SimulatedSession;
import io.heimdall.pipeline.world.StationSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sessions of a fitted world as the trainer's batches, each session with several places that explain it as well.
 *
 * <p>No session comes twice: what is drawn depends on the seed alone, and each epoch has a seed of its own.
 *
 * @param world that they are drawn from
 * @param input of the network
 * @param parameters of the sets
 * @param workers that draw ahead of the trainer
 * @param size sessions of an epoch
 * @param origin text that is the same for the same world only
 */
record SimulatedSessions(
        SetWorld world, InputSpec input, SetParameters parameters, OrderedWork workers, int size, String origin)
        implements SimulatedSource {
    /** Places drawn from the posterior of each session. */
    static final int PLACES = 32;

    /** Sessions that have their stations and the candidates for their places in common. */
    private static final int GROUP = 16;

    /** Shares of the stations that are called unknown, and of the batches whose sessions have a station more that nobody knows. */
    private static final double UNKNOWN = 0.05;

    private static final double UNKNOWN_BATCHES = 0.25;
    private static final int BATCHES_AHEAD = 4;

    @Override
    public Optional<LevelGrid> levelGrid() {
        return world.levelGrid(parameters);
    }

    @Override
    public String fingerprint() {
        return size + " simulated sessions an epoch, of a world fitted to " + origin;
    }

    @Override
    public BatchCursor open(int[] order, int batchSize, long seed) {
        List<Integer> starts = IntStream.iterate(0, start -> start < order.length, start -> start + batchSize)
                .boxed()
                .toList();
        OrderedResults<Batch> batches = workers.start(
                starts,
                BATCHES_AHEAD,
                start -> batch(Math.min(batchSize, order.length - start), new SplittableRandom(seed + start)));
        return new BatchCursor() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                return batches.next();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    /** Every fourth batch, in the mean, has a station in each session that nobody knows. */
    private Batch batch(int rows, SplittableRandom random) {
        boolean unknown = random.nextDouble() < UNKNOWN_BATCHES;
        List<SimulatedSession> sessions = new ArrayList<>(rows);
        while (sessions.size() < rows) {
            sessions.addAll(
                    SessionDraws.draw(world.world(), Math.min(GROUP, rows - sessions.size()), unknown, PLACES, random));
        }
        FloatTensor places = FloatTensor.zeros(rows, PLACES, 2);
        List<Map<String, FloatTensor>> tensors = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            SimulatedSession session = sessions.get(row);
            for (int j = 0; j < PLACES; j++) {
                int at = 2 * (row * PLACES + j);
                places.values()[at] = (float) (session.eastM()[j] / parameters.planeScaleM());
                places.values()[at + 1] = (float) (session.northM()[j] / parameters.planeScaleM());
            }
            tensors.add(tensors(session, random));
        }
        return new Batch(
                Batches.stack(input.networkSpecs(), tensors), places, Collections.nCopies(rows, "of the fitted world"));
    }

    private Map<String, FloatTensor> tensors(SimulatedSession session, SplittableRandom random) {
        StationSet stations = session.stations();
        SetTensors tensors = new SetTensors(stations.size(), false, parameters);
        for (int i = 0; i < stations.size(); i++) {
            int known = world.numbers()[stations.numbers()[i]];
            tensors.station(
                    i,
                    stations.eastM()[i] / parameters.planeScaleM(),
                    stations.northM()[i] / parameters.planeScaleM(),
                    stations.octaves(),
                    random.nextDouble() < UNKNOWN ? parameters.stations().size() : known);
            if (session.heard()[i] && !session.recorded(i)) {
                tensors.level(i, session.statistics()[i][0]);
            } else if (session.heard()[i]) {
                tensors.recording(i, session.statistics()[i], 0);
            }
        }
        return tensors.byName();
    }
}
