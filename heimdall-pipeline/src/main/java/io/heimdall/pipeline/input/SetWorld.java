package io.heimdall.pipeline.input;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.pipeline.world.FittedWorld;
import io.heimdall.pipeline.world.LevelUnits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A world fitted to recorded sets of stations.
 *
 * @param world of the stations that were heard
 * @param numbers of the world's stations in the network; last the number of stations that nobody knows
 */
record SetWorld(FittedWorld world, int[] numbers) {

    /**
     * Fits a world.
     *
     * @param groupBy of which groups sessions are not independent of one another
     * @param decibels the spectrogram of what a station recorded of an observation
     * @throws io.heimdall.pipeline.PipelineException if the observations show no law
     */
    static SetWorld fitted(
            SetParameters parameters,
            List<Observation> training,
            GroupBy groupBy,
            BiFunction<Observation, StationReport, float[]> decibels,
            long seed) {
        CatalogWorld fitted = CatalogWorld.fitted(parameters, training, groupBy, decibels, seed);
        List<String> heard = fitted.stations();
        Map<String, Integer> known = parameters.numbers();
        return new SetWorld(
                fitted.world(),
                IntStream.rangeClosed(0, heard.size())
                        .map(i -> i < heard.size() ? known.get(heard.get(i)) : known.size())
                        .toArray());
    }

    /** Returns the posterior under this world for the network's stations; empty if the world has no map. */
    Optional<LevelGrid> levelGrid(SetParameters parameters) {
        return world.levelGrid(
                Arrays.copyOf(numbers, numbers.length - 1),
                parameters.stations().size(),
                new LevelUnits(parameters.meanDb(), SetParameters.STATISTICS_UNIT_DB, parameters.planeScaleM()));
    }

    /**
     * Checks what needs no features.
     *
     * @throws io.heimdall.pipeline.PipelineException if no world can be fitted to these sessions
     */
    static void check(List<Session> training) {
        CatalogWorld.check(training.size());
    }
}
