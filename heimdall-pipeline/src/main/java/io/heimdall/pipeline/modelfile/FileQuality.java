package io.heimdall.pipeline.modelfile;

import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The size of a model file, its speed on this machine, and how well it locates.
 *
 * @param bytes of the file
 * @param milliseconds that one sample takes by itself, all processors together: the median
 * @param errorM the median error, metres
 * @param coverage of its regions
 */
public record FileQuality(long bytes, double milliseconds, double errorM, Coverage coverage) {
    /** The parts of true places that the regions are meant to hold, percent. */
    static final List<Integer> REGIONS = List.of(50, 68, 90, 95);

    static FileQuality of(long bytes, double milliseconds, JudgedForecasts judged) {
        LocalisationMetrics metrics = LocalisationMetrics.of(judged);
        return new FileQuality(bytes, milliseconds, metrics.error().p50(), metrics.coverage());
    }

    /** Returns the parts of true places in the regions of {@link #REGIONS}. */
    List<Double> parts() {
        return List.of(coverage.p50(), coverage.p68(), coverage.p90(), coverage.p95());
    }

    /** Returns the fields of the JSON. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bytes", bytes);
        json.put("milliseconds", milliseconds);
        json.put("error_p50_m", errorM);
        Map<String, Double> parts = new LinkedHashMap<>();
        IntStream.range(0, REGIONS.size()).forEach(i -> parts.put(REGIONS.get(i).toString(), parts().get(i)));
        json.put("coverage", Collections.unmodifiableMap(parts));
        return json;
    }
}
