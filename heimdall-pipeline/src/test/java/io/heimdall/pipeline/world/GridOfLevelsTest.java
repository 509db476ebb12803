package io.heimdall.pipeline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.network.SetNet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The grid in a model file tells what the posterior tells that it was made of. */
class GridOfLevelsTest {
    private static final double MEAN_DB = -70;
    private static final double UNIT_DB = 10;
    private static final double UNIT_M = 20_000;
    /** The network knows one station more, and has another order. */
    private static final int[] NUMBERS = {3, 0, 4, 1};

    private static final int KNOWN = 5;

    private static Map<String, FloatTensor> tensors(RecordedSession session) {
        int count = session.stations().size();
        Map<String, FloatTensor> tensors = new HashMap<>();
        tensors.put(SetNet.STATISTICS, FloatTensor.zeros(1, count, SetNet.STATISTICS_WIDTH));
        tensors.put(SetNet.PLACE, FloatTensor.zeros(1, count, 2));
        for (String name : List.of(SetNet.HEARD, SetNet.IN_SERVICE, SetNet.INDEX)) {
            tensors.put(name, FloatTensor.zeros(1, count, 1));
        }
        for (int i = 0; i < count; i++) {
            Received received = session.received().get(i);
            tensors.get(SetNet.IN_SERVICE).values()[i] = 1;
            tensors.get(SetNet.HEARD).values()[i] = received.heard() ? 1 : 0;
            tensors.get(SetNet.INDEX).values()[i] = NUMBERS[session.stations().numbers()[i]];
            tensors.get(SetNet.PLACE).values()[2 * i] =
                    (float) (session.stations().eastM()[i] / UNIT_M);
            tensors.get(SetNet.PLACE).values()[2 * i + 1] =
                    (float) (session.stations().northM()[i] / UNIT_M);
            tensors.get(SetNet.STATISTICS).values()[i * SetNet.STATISTICS_WIDTH] =
                    received.heard() ? (float) ((received.levelDb(0) - MEAN_DB) / UNIT_DB) : 0;
        }
        return tensors;
    }

    private static RecordedSession levelsAlone(RecordedSession session) {
        List<Received> received = new ArrayList<>();
        for (Received one : session.received()) {
            received.add(one.heard() ? new Received.LevelAlone(one.levelDb(KnownWorld.NOISE)) : one);
        }
        return new RecordedSession(session.eastM(), session.northM(), session.stations(), received);
    }

    @Test
    void isThePosteriorOfTheLaw() {
        List<RecordedSession> training = KnownWorld.sessions(60, 1);
        PlaceGrid places = PlaceGrid.around(training, training.size());
        LevelPosterior law = LevelPosterior.fit(training, KnownWorld.STATIONS, 40 * KnownWorld.NEAREST_M, places)
                .withLaw(KnownWorld.law());
        LevelGrid grid = new GridOfLevels(KnownWorld.law(), KnownWorld.NEAREST_M, law.map(), NUMBERS, KNOWN)
                .in(new LevelUnits(MEAN_DB, UNIT_DB, UNIT_M));
        assertThat(grid.size()).isGreaterThan(1000).isLessThanOrEqualTo(places.cells());
        for (RecordedSession session : KnownWorld.sessions(20, 2)) {
            RecordedSession levels = levelsAlone(session);
            PlacePosterior expected = law.of(levels);
            double[] log = grid.logMass(tensors(levels), 0);
            double offset = Double.NaN;
            for (int c = 0; c < log.length; c++) {
                double own = expected.logDensity(
                        grid.cells().eastM()[c], grid.cells().northM()[c]);
                offset = c == 0 ? log[c] - own : offset;
                assertThat(log[c] - own).isCloseTo(offset, within(0.01));
            }
        }
    }

    @Test
    void oneFactorExplainsWhatStationsHaveInCommon() {
        double[] shares = {0.8, -0.4, 0.6, 0.2, 0.7};
        double[][] correlation = new double[5][5];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                correlation[i][j] = i == j ? 1 : shares[i] * shares[j];
            }
        }
        double[] found = CommonFactor.of(correlation).shares();
        double sign = Math.signum(found[0]);
        for (int i = 0; i < 5; i++) {
            assertThat(sign * found[i]).isCloseTo(shares[i], within(0.01));
        }
        assertThat(CommonFactor.of(new double[][] {{1}}).shares()).containsExactly(0);
        double[] same = CommonFactor.of(new double[][] {{1, 1}, {1, 1}}).shares();
        assertThat(Math.abs(same[0])).isBetween(0.9, 0.96);
        assertThat(same[1]).isEqualTo(same[0]);
    }
}
