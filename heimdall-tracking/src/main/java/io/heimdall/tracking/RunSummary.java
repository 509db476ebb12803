package io.heimdall.tracking;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One run in a list of runs.
 *
 * @param id of the run
 * @param experiment name of its experiment
 * @param name of the run, for people
 * @param status of the run
 * @param start when it began
 * @param end when it ended, if it has
 * @param params its parameters
 * @param tags its tags
 * @param metrics the last value of each metric: the one of the largest step
 */
public record RunSummary(
        String id,
        String experiment,
        String name,
        RunStatus status,
        Instant start,
        Optional<Instant> end,
        Map<String, String> params,
        Map<String, String> tags,
        Map<String, Double> metrics) {}
