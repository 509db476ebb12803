package io.heimdall.pipeline.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings that a sweep varies.
 *
 * @param dimensions by the names of the settings in JSON, in their order
 */
public record Space(Map<String, Dimension> dimensions) {
    /** So many points in a row without a new one: the space has no others, most likely. */
    private static final int PATIENCE = 1000;

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if it is empty, or has more dimensions than Sobol's sequence
     */
    public Space {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
        if (dimensions.isEmpty() || dimensions.size() > 1000) {
            throw new IllegalArgumentException(
                    "the space has " + dimensions.size() + " settings; expected 1..1000 to vary");
        }
    }

    /**
     * Returns the values of the first trials, no two of them equal: what is proposed again is passed over. More trials of the same
     * seed begin with the same ones.
     *
     * @return fewer than {@code trials} where the space has no more
     */
    public List<Map<String, Object>> proposals(Choice choice, long seed, int trials) {
        Set<Map<String, Object>> proposals = new LinkedHashSet<>();
        int repeated = 0;
        for (int number = 0; proposals.size() < trials && repeated < PATIENCE; number++) {
            repeated = proposals.add(at(choice.point(seed, number, dimensions.size()))) ? 0 : repeated + 1;
        }
        return List.copyOf(proposals);
    }

    /** Returns the values at a point of the unit cube. */
    Map<String, Object> at(double[] point) {
        List<String> names = new ArrayList<>(dimensions.keySet());
        Map<String, Object> values = new LinkedHashMap<>();
        for (int d = 0; d < point.length; d++) {
            values.put(names.get(d), dimensions.get(names.get(d)).at(point[d]));
        }
        return Collections.unmodifiableMap(values);
    }

    /** Returns the space as a person reads it, a setting a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        dimensions.forEach((name, dimension) ->
                text.append(name).append(": ").append(dimension.text()).append('\n'));
        return text.toString();
    }
}
