package io.heimdall.model.metrics;

import io.heimdall.model.output.LevelMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The maps of credible levels that give a model's regions their stated coverage: one for all sessions, and others by
 * the number of hearing elements of the set, where there are enough sessions.
 *
 * @param all for sessions of which the number is not known
 * @param byHeard each for sessions of which as many elements are heard, or more, up to the next key; empty where there is one for all
 */
public record LevelCalibration(LevelMap all, NavigableMap<Integer, LevelMap> byHeard) {
    /** Key of a model file's metadata. */
    public static final String KEY = "credible_levels";

    /** Leaves every level as it is. */
    public static final LevelCalibration NONE = new LevelCalibration(LevelMap.IDENTITY, new TreeMap<>());

    /** Fewer sessions say too little of a region of 95 %. */
    static final int FEWEST = 100;

    /** So many sessions have a map of their own. */
    static final int ENOUGH = 200;

    private static final String ANY = "any";

    /** Copies the map. */
    public LevelCalibration {
        byHeard = Collections.unmodifiableNavigableMap(new TreeMap<>(byHeard));
    }

    /** Returns whether so many sessions are enough for a map. */
    public static boolean isFittedOn(int sessions) {
        return sessions >= FEWEST;
    }

    /**
     * Fits by conformal prediction.
     *
     * @param levels credible level of each truth in the density that the model gave
     * @param heard how many heard each session; empty where the model's answer does not tell
     * @return {@link #NONE} where there are fewer than {@value #FEWEST} sessions
     */
    public static LevelCalibration fit(List<Double> levels, List<Integer> heard) {
        if (!isFittedOn(levels.size())) {
            return NONE;
        }
        NavigableMap<Integer, LevelMap> maps = new TreeMap<>();
        List<Double> bin = new ArrayList<>();
        int least = 0;
        int left = levels.size();
        for (int count : new TreeSet<>(heard)) {
            bin.addAll(IntStream.range(0, levels.size())
                    .filter(i -> heard.get(i) == count)
                    .mapToObj(levels::get)
                    .toList());
            if (bin.size() >= ENOUGH && left - bin.size() >= ENOUGH || bin.size() == left) {
                maps.put(least, conformal(bin));
                left -= bin.size();
                least = count + 1;
                bin.clear();
            }
        }
        return new LevelCalibration(conformal(levels), maps.size() > 1 ? maps : new TreeMap<>());
    }

    private static LevelMap conformal(List<Double> levels) {
        return LevelMap.conformal(levels.stream().mapToDouble(level -> level).toArray());
    }

    /** Returns the map for a session of which so many elements are heard. */
    public LevelMap of(OptionalInt heard) {
        return heard.isEmpty() || byHeard.isEmpty()
                ? all
                : byHeard.floorEntry(Math.max(0, heard.getAsInt())).getValue();
    }

    /** Returns the maps as text, read back by {@link #parse}. */
    public String text() {
        StringBuilder text = new StringBuilder(ANY).append(": ").append(all.text());
        byHeard.forEach(
                (heard, map) -> text.append("; ").append(heard).append(": ").append(map.text()));
        return text.toString();
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static LevelCalibration parse(String text) {
        NavigableMap<Integer, LevelMap> maps = new TreeMap<>();
        LevelMap all = null;
        for (String part : text.split(";")) {
            String[] sides = part.strip().split(": ");
            if (sides.length != 2) {
                throw new IllegalArgumentException("'" + part + "' is no map of levels");
            }
            LevelMap map = LevelMap.parse(sides[1]);
            if (sides[0].equals(ANY)) {
                all = map;
            } else {
                maps.put(Integer.valueOf(sides[0]), map);
            }
        }
        if (all == null || !maps.isEmpty() && maps.firstKey() != 0) {
            throw new IllegalArgumentException("there is no map of levels for all sessions");
        }
        return new LevelCalibration(all, maps);
    }

    /** Returns the maps in a model file's metadata; {@link #NONE} of a file without. */
    public static LevelCalibration in(Map<String, String> metadata) {
        String text = metadata.get(KEY);
        return text == null ? NONE : parse(text);
    }
}
